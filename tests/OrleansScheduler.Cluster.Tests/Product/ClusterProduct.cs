using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Product;

/// <summary>The scheduler on a cluster as the product's conformance tests see it.</summary>
internal sealed class ClusterProduct : ProductUnderTest
{
    // So that the ticks of the engine fall on no instant that a test names.
    private static readonly TimeSpan Aside = TimeSpan.FromMilliseconds(333);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(50);

    private readonly string? _postgres;
    private readonly NpgsqlDataSource? _database;
    private readonly TestCluster _cluster;
    private byte[]? _archive;

    private ClusterProduct(int silos, string? postgres = null)
    {
        _postgres = postgres;
        _database = postgres is null ? null : NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false });
        _cluster = Create(silos);
    }

    private TestCluster Create(int silos) => new(
        Board,
        silos,
        time => new ClusterSchedulerOptions { Time = time, Handlers = Handlers, Import = Import(), Database = _database },
        silo => silo.Services.AddSingleton<ILoggerProvider>(new MarkingProvider(Board))
            .AddLogging(logging => logging.AddFilter<MarkingProvider>("OrleansScheduler", LogLevel.Trace)),
        _postgres is null ? null : ClusterRows.InPostgres(_postgres));

    public override HandlerCatalog Handlers { get; } = new();

    public override IActorDirectory Directory => _cluster.Client.GetRequiredService<IActorDirectory>();

    public override DateTimeOffset Now => _cluster.Time.GetUtcNow();

    public static async Task<ProductUnderTest> StartAsync(int silos) => await StartClusterAsync(silos);

    public static async Task<ClusterProduct> StartClusterAsync(int silos)
    {
        var product = new ClusterProduct(silos);
        await product.OpenAsync();
        return product;
    }

    /// <summary>Silos with their rows in a database, to be exported.</summary>
    public static async Task<ClusterProduct> StartAsync(int silos, string postgres, Action<ProductUnderTest> prepare)
    {
        var product = new ClusterProduct(silos, postgres);
        prepare(product);
        await product.OpenAsync();
        return product;
    }

    /// <summary>Exports everything, with the reminders of the test as if their table held them.</summary>
    /// <param name="during">What happens between the instant and the reading of it.</param>
    public async Task<byte[]> ExportAsync(Func<Task> during)
    {
        await PostgresServer.ExecuteAsync(_postgres!, $"DELETE FROM scheduler_reminder WHERE service = '{_cluster.Service}'");
        foreach ((GrainId grain, string name, DateTimeOffset due) in _cluster.Reminders.All)
        {
            await PostgresServer.ExecuteAsync(
                _postgres!, $"INSERT INTO scheduler_reminder VALUES ('{_cluster.Service}', '{grain}', '{name}', 0, '{due:O}', 60000, 1)");
        }

        using SchedulerExport export = await Scheduler.ExportAsync(false, CancellationToken.None);
        await during();
        using var stream = new MemoryStream();
        await export.WriteToAsync(stream, CancellationToken.None);
        return stream.ToArray();
    }

    /// <summary>One silo, at an instant, whose first start imports an archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="now">What the clock shows.</param>
    /// <param name="prepare">Registers the handlers.</param>
    /// <param name="postgres">The database for the rows; null for where the tests have them.</param>
    public static async Task<ClusterProduct> ImportAsync(byte[] archive, DateTimeOffset now, Action<ProductUnderTest> prepare, string? postgres = null)
    {
        var product = new ClusterProduct(1, postgres) { _archive = archive };
        product._cluster.Time.AdvanceTo(now);
        prepare(product);
        await product.OpenAsync();
        return product;
    }

    /// <summary>The scheduler in one of the silos.</summary>
    public ClusterScheduler Scheduler => _cluster.Schedulers.First();

    /// <summary>The scheduler of each silo.</summary>
    public IEnumerable<ClusterScheduler> Schedulers => _cluster.Schedulers;

    /// <summary>When the first silo began its rhythm.</summary>
    public DateTimeOffset Opened { get; private set; }

    /// <summary>The silos that run.</summary>
    public TestCluster Cluster => _cluster;

    public override Task AdvanceAsync(TimeSpan span)
    {
        _cluster.Time.Advance(span);
        return Task.CompletedTask;
    }

    public override Task ArmedForAsync(DateTimeOffset due) => _cluster.Time.ArmedForAsync(due);

    public override async Task PassPausesAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Task<DateTimeOffset> armed = _cluster.Time.NextArmedAsync();
            if (_cluster.Time.NextDue - Now <= PauseMax)
            {
                _cluster.Time.AdvanceTo(_cluster.Time.NextDue!.Value);
            }
            else
            {
                // Awaited once more: the wait for a timer fails when the time of the test is over.
                await await Task.WhenAny(task, armed);
            }
        }
    }

    public override void FailNextAppend(string kind, string key, bool lands = false) =>
        _cluster.Faults.FailNext($"{kind}.journal", StorageKeys.Of(key), lands);

    public override async Task CrashAsync(TimeSpan down)
    {
        _cluster.Faults.FailNoMore();
        await _cluster.KillAsync();
        _cluster.Time.Advance(down);
        await OpenAsync();
    }

    public override async Task RestartAsync()
    {
        _cluster.Faults.FailNoMore();
        List<ClusterScheduler> schedulers = _cluster.Schedulers.ToList();
        await _cluster.StopSilosAsync();
        Assert.Empty(schedulers.SelectMany(scheduler => scheduler.Unflushed));
        await _cluster.EndAsync();
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private Func<Stream>? Import() => Interlocked.Exchange(ref _archive, null) is { } archive ? () => new MemoryStream(archive) : null;

    private async Task OpenAsync()
    {
        await _cluster.StartAsync();
        Opened = Now;
        _cluster.Time.Advance(Aside);
    }
}
