using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using OrleansScheduler.Cluster;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Hosting;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Silo.Postgres;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Silo;

/// <summary>The cluster engine of this process: its silo, its handlers, and the watch over its database.</summary>
internal sealed class SiloComposition : IRunningScheduler
{
    private readonly IHost _silo;
    private readonly HostHandlers _handlers;
    private readonly DatabaseWatch? _database;
    private readonly NpgsqlDataSource? _exported;
    private readonly SiloHealth _health;
    private Task<ImmutableArray<string>>? _stopped;

    private SiloComposition(IHost silo, HostHandlers handlers, DatabaseWatch? database, NpgsqlDataSource? exported, string? sampleDocument)
    {
        SampleDocument = sampleDocument;
        _silo = silo;
        _handlers = handlers;
        _database = database;
        _exported = exported;
        _health = new SiloHealth(
            Scheduler,
            silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress,
            silo.Services.GetRequiredService<IClusterMembershipService>(),
            database);
    }

    /// <inheritdoc/>
    public IActorDirectory Directory => Scheduler.Directory;

    /// <inheritdoc/>
    public string? SampleDocument { get; }

    /// <inheritdoc/>
    public long Epoch => Scheduler.Epoch;

    private ClusterScheduler Scheduler => _silo.Services.GetRequiredService<ClusterScheduler>();

    /// <summary>Makes sure of the schema, joins the cluster, and applies the definitions.</summary>
    /// <param name="arguments">What the host was asked for.</param>
    /// <param name="services">The services of the host.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static async Task<IRunningScheduler> StartAsync(SiloArguments arguments, IServiceProvider services, CancellationToken cancellation)
    {
        var files = ReadDefinitions(arguments);
        var time = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger("OrleansScheduler.Silo");
        if (arguments.Postgres is { } connection)
        {
            var schema = new PostgresSchema(connection);
            if (arguments.ApplySchema)
            {
                SiloLog.SchemaApplied(logger, await schema.ApplyAsync(cancellation), PostgresSchema.Version);
            }

            await schema.CheckAsync(cancellation);
        }

        StoredFormats.WriteNewest(arguments.NewestFormats);
        var handlers = new HostHandlers(arguments.Data, time, logger);
        NpgsqlDataSource? exported = arguments.Postgres is { } rows ? NpgsqlDataSource.Create(PostgresConnections.ForExport(rows)) : null;
        SiloComposition? composition = null;
        IHost? silo = null;
        try
        {
            // This silo fires nothing before what an earlier process left behind has ended, and the definitions are applied.
            var options = new ClusterSchedulerOptions { Time = time, Hold = true, Database = exported };
            if (arguments.Import is { } archive)
            {
                options.Import = () => HostArchive.Open(archive);
            }

            handlers.AddTo(options.Handlers);
            var sample = arguments.Sample ? new SampleOptions { Folder = arguments.Data } : null;
            if (sample is not null)
            {
                EarthquakeSample.AddHandlers(options.Handlers, sample);
            }

            silo = SiloBuilding.Build(arguments, options, loggers);
            await silo.StartAsync(cancellation);
            if (silo.Services.GetRequiredService<ClusterScheduler>().Imported is { } imported)
            {
                HostArchive.Tell(arguments.Import!, imported, logger);
            }

            composition = new SiloComposition(
                silo,
                handlers,
                arguments.Postgres is { } database ? new DatabaseWatch(database, time) : null,
                exported,
                sample is null ? null : $"quake.{sample.Data.Quakes[0].Id}");
            await handlers.BeginAsync(composition.Directory, cancellation);
            await HostDefinitions.ApplyAsync(files, composition.Directory, time, logger, cancellation);
            if (!arguments.Hold)
            {
                await composition.ReleaseAsync(cancellation);
            }

            return composition;
        }
        catch
        {
            // Without an orderly stop the others would take this silo for one that hangs.
            await (composition?.DisposeAsync() ?? handlers.DisposeAsync());
            silo?.Dispose();
            await (exported?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <inheritdoc/>
    public HealthReport Health() => _health.Report();

    /// <inheritdoc/>
    /// <exception cref="SchedulerException"><c>host_unable</c> in memory: its rows lie spread over the silos, no silo lists them, and they have no
    /// common instant.</exception>
    public async Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation) => _exported is null
        ? throw new SchedulerException(
            ApiErrorCodes.HostUnable, "A cluster in memory exports no archive: nothing lists its rows, and they have no common instant. With --postgres it does.")
        : new HostExport(await Scheduler.ExportAsync(skipDamaged, cancellation));

    /// <inheritdoc/>
    public Task ReleaseAsync(CancellationToken cancellation) => Scheduler.ReleaseAsync(cancellation);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation) => _stopped ??= StopOnceAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_exported?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _handlers.DisposeAsync();
        _silo.Dispose();
    }

    private static ImmutableArray<DefinitionFile> ReadDefinitions(SiloArguments arguments)
    {
        var files = ImmutableArray.CreateBuilder<DefinitionFile>();
        if (arguments.Sample)
        {
            files.Add(HostDefinitions.Read(EarthquakeSample.DefinitionFile, "earthquakes/scheduler.yaml"));
        }

        if (arguments.Definitions is { } path)
        {
            files.Add(HostDefinitions.Read(path));
        }

        return files.ToImmutable();
    }

    private async Task<ImmutableArray<string>> StopOnceAsync(CancellationToken cancellation)
    {
        ClusterScheduler scheduler = Scheduler;
        try
        {
            await _silo.StopAsync(cancellation);
            return scheduler.Unflushed;
        }
        catch (OperationCanceledException)
        {
            return [.. scheduler.Unflushed, "the silo, which did not leave the cluster in time"];
        }
    }
}
