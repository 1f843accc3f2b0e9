using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Embedded;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Engine;
using OrleansScheduler.Hosting;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Standalone;

/// <summary>The embedded engine with the sample: the one file of the host that knows either.</summary>
internal sealed class EmbeddedComposition : IRunningScheduler
{
    private readonly EmbeddedScheduler _scheduler;
    private readonly HostHandlers _handlers;

    private EmbeddedComposition(EmbeddedScheduler scheduler, HostHandlers handlers, string? sampleDocument)
    {
        _scheduler = scheduler;
        _handlers = handlers;
        SampleDocument = sampleDocument;
    }

    /// <inheritdoc/>
    public IActorDirectory Directory => _scheduler.Directory;

    /// <inheritdoc/>
    public string? SampleDocument { get; }

    /// <inheritdoc/>
    public long Epoch => _scheduler.Condition.Epoch;

    /// <summary>Starts the engine on the data folder, and applies the definitions.</summary>
    /// <inheritdoc cref="SchedulerStart"/>
    public static async Task<IRunningScheduler> StartAsync(
        StandaloneArguments arguments, IServiceProvider services, CancellationToken cancellation)
    {
        var files = ReadDefinitions(arguments);
        var time = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger("OrleansScheduler.Standalone");
        StoredFormats.WriteNewest(arguments.NewestFormats);
        await HostImport.RunAsync(arguments, logger, cancellation);
        var handlers = new HostHandlers(arguments.Data, time, logger);

        // Nothing fires before what an earlier process left behind has ended, and the definitions are applied.
        var builder = new EmbeddedSchedulerBuilder { Folder = arguments.Data, Hold = true, Time = time, Loggers = loggers };
        handlers.AddTo(builder.Handlers);
        var sample = arguments.Sample ? new SampleOptions { Folder = arguments.Data } : null;
        if (sample is not null)
        {
            EarthquakeSample.AddHandlers(builder.Handlers, sample);
        }

        EmbeddedScheduler? scheduler = null;
        try
        {
            scheduler = await builder.StartAsync(cancellation);
            await handlers.BeginAsync(scheduler.Directory, cancellation);
            await HostDefinitions.ApplyAsync(files, scheduler.Directory, time, logger, cancellation);
            if (!arguments.Hold)
            {
                await scheduler.ReleaseAsync(cancellation);
            }

            return new EmbeddedComposition(scheduler, handlers, sample is null ? null : $"quake.{sample.Data.Quakes[0].Id}");
        }
        catch
        {
            // Without an orderly stop the folder would stay locked until the process ends.
            await (scheduler?.DisposeAsync() ?? ValueTask.CompletedTask);
            await handlers.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public HealthReport Health() => EngineHealth.Of(_scheduler.Condition);

    /// <inheritdoc/>
    public async Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation) =>
        new HostExport(await _scheduler.ExportAsync(skipDamaged, cancellation));

    /// <inheritdoc/>
    public Task ReleaseAsync(CancellationToken cancellation) => _scheduler.ReleaseAsync(cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation) => _scheduler.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _handlers.DisposeAsync();
    }

    private static ImmutableArray<DefinitionFile> ReadDefinitions(StandaloneArguments arguments)
    {
        var files = ImmutableArray.CreateBuilder<DefinitionFile>();
        if (arguments.Sample)
        {
            DefinitionFile sample = HostDefinitions.Read(EarthquakeSample.DefinitionFile, "earthquakes/scheduler.yaml");
            files.Add(arguments.SamplePeriod is { } period ? WithPeriod(sample, period) : sample);
        }

        if (arguments.Definitions is { } path)
        {
            files.Add(HostDefinitions.Read(path));
        }

        return files.ToImmutable();
    }

    private static DefinitionFile WithPeriod(DefinitionFile file, TimeSpan period) => file with
    {
        Schedules =
        [
            .. file.Schedules.Select(schedule => schedule.Schedule == EarthquakeSample.FeederSchedule
                ? schedule with { Definition = schedule.Definition with { Trigger = new IntervalTrigger(period) } }
                : schedule),
        ],
    };
}
