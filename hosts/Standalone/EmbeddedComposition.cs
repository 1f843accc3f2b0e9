using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Embedded;
using OrleansScheduler.Engine;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Standalone;

/// <summary>The embedded engine with the sample: the one file of the host that knows either.</summary>
internal sealed class EmbeddedComposition : IRunningScheduler
{
    private readonly EmbeddedScheduler _scheduler;

    private EmbeddedComposition(EmbeddedScheduler scheduler, string? sampleDocument)
    {
        _scheduler = scheduler;
        SampleDocument = sampleDocument;
    }

    /// <inheritdoc/>
    public IActorDirectory Directory => _scheduler.Directory;

    /// <inheritdoc/>
    public string? SampleDocument { get; }

    /// <summary>Starts the engine on the data folder and installs the sample.</summary>
    /// <inheritdoc cref="SchedulerStart"/>
    public static async Task<IRunningScheduler> StartAsync(
        StandaloneArguments arguments, IServiceProvider services, CancellationToken cancellation)
    {
        var builder = new EmbeddedSchedulerBuilder
        {
            Folder = arguments.Data,
            Hold = arguments.Hold,
            Time = services.GetRequiredService<TimeProvider>(),
            Loggers = services.GetRequiredService<ILoggerFactory>(),
        };
        var sample = arguments.Sample ? new SampleOptions { Folder = arguments.Data } : null;
        if (sample is not null)
        {
            EarthquakeSample.AddHandlers(builder.Handlers, sample);
        }

        var scheduler = await builder.StartAsync(cancellation);
        if (sample is null)
        {
            return new EmbeddedComposition(scheduler, sampleDocument: null);
        }

        try
        {
            await EarthquakeSample.InstallAsync(scheduler.Directory, sample.Data, arguments.SamplePeriod, cancellation);
            return new EmbeddedComposition(scheduler, $"quake.{sample.Data.Quakes[0].Id}");
        }
        catch
        {
            // Without an orderly stop the folder would stay locked until the process ends.
            await scheduler.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public HealthReport Health() => EngineHealth.Of(_scheduler.Condition);

    /// <inheritdoc/>
    public Task ReleaseAsync(CancellationToken cancellation) => _scheduler.ReleaseAsync(cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation) => _scheduler.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();
}
