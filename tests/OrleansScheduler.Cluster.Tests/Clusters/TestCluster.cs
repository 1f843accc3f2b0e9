using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Timers;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Silos in this process over storage in memory, which can crash and start again. The clock of the scheduler is the test's; Orleans has its own.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static int _created;

    private readonly int _silos;
    private readonly Func<FakeTime, ClusterSchedulerOptions> _options;
    private readonly Action<ISiloBuilder> _configure;
    private readonly TestReminders _reminders;
    private readonly string _service = InProcessTestClusterBuilder.CreateClusterId() + Interlocked.Increment(ref _created);
    private readonly IDisposable _watch;
    private InProcessTestCluster? _cluster;

    /// <param name="board">Where the test waits.</param>
    /// <param name="silos">How many silos.</param>
    /// <param name="options">The options of each.</param>
    /// <param name="configure">What else a silo needs.</param>
    public TestCluster(ProbeBoard board, int silos, Func<FakeTime, ClusterSchedulerOptions> options, Action<ISiloBuilder> configure)
    {
        _silos = silos;
        _options = options;
        _configure = configure;
        _reminders = new TestReminders(Time);
        _watch = TestLimits.Watch(reason =>
        {
            board.GiveUp(reason);
            Time.GiveUp(reason);
        });
    }

    public FakeTime Time { get; } = new();

    public RowStore Rows { get; } = new();

    public InProcessTestCluster Cluster => _cluster!;

    /// <summary>The services of the client; those of the last one after an end.</summary>
    public IServiceProvider Client { get; private set; } = null!;

    public IEnumerable<ClusterScheduler> Schedulers =>
        Cluster.GetActiveSilos().Select(silo => Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ClusterScheduler>());

    public async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)_silos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ServiceId = _service;
        Action<ISiloBuilder> storage = Storage();
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddOrleansScheduler(_options(Time));
            silo.Services.AddSingleton<IReminderRegistry>(_reminders);
            storage(silo);
            _configure(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddOrleansScheduler(Time);
            client.Services.AddActor<IProbe, Actors.IProbeGrain>();
        });
        _cluster = builder.Build();
        await TestLimits.StepAsync("start the silos", _cluster.DeployAsync());
        Client = _cluster.Client.ServiceProvider;
        _reminders.Connect(_cluster.Client);
    }

    /// <summary>Ends all silos in order; the client stays.</summary>
    public async Task StopSilosAsync()
    {
        _reminders.Disconnect();
        foreach (InProcessSiloHandle silo in Cluster.GetActiveSilos().Reverse().ToList())
        {
            await TestLimits.StepAsync("stop a silo", Cluster.StopSiloAsync(silo));
        }
    }

    /// <summary>Ends all silos without a flush.</summary>
    public async Task KillAsync()
    {
        _reminders.Disconnect();
        Rows.Open();
        foreach (InProcessSiloHandle silo in Cluster.GetActiveSilos().ToList())
        {
            await TestLimits.StepAsync("kill a silo", Cluster.KillSiloAsync(silo));
        }

        await TestLimits.StepAsync("end the client", Cluster.DisposeAsync().AsTask());
    }

    /// <summary>Ends the silos and the client. They may start again.</summary>
    public async Task EndAsync()
    {
        if (_cluster is not null)
        {
            await TestLimits.StepAsync("end the cluster", _cluster.DisposeAsync().AsTask());
        }
    }

    // With the variable SCHEDULER_TEST_POSTGRESQL, a connection string, rows are in that database, which has the schema already.
    private Action<ISiloBuilder> Storage()
    {
        if (Environment.GetEnvironmentVariable("SCHEDULER_TEST_POSTGRESQL") is not { Length: > 0 } connection)
        {
            IGrainStorage rows = Rows.Open();
            return silo => silo.Services.AddKeyedSingleton("scheduler", rows);
        }

        return silo => silo.AddAdoNetGrainStorage("scheduler", options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connection;
            options.GrainStorageSerializer = new StoredBytesSerializer();
        });
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await EndAsync();
    }
}
