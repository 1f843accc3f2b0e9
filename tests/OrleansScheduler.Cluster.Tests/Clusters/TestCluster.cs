using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Metadata;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Timers;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Silos in this process, which can crash and start again. The clock of the scheduler is the test's; Orleans has its own.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly int _silos;
    private readonly ClusterRows _rows;
    private readonly Func<FakeTime, ClusterSchedulerOptions> _options;
    private readonly Action<ISiloBuilder> _configure;
    private readonly TestReminders _reminders;
    private readonly IDisposable _watch;
    private InProcessTestCluster? _cluster;

    /// <param name="board">Where the test waits.</param>
    /// <param name="silos">How many silos.</param>
    /// <param name="options">The options of each.</param>
    /// <param name="configure">What else a silo needs.</param>
    /// <param name="rows">The rows, when it shares them; null for its own.</param>
    public TestCluster(
        ProbeBoard board, int silos, Func<FakeTime, ClusterSchedulerOptions> options, Action<ISiloBuilder> configure, ClusterRows? rows = null)
    {
        _silos = silos;
        _rows = rows ?? ClusterRows.Create();
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

    public TestReminders Reminders => _reminders;

    /// <summary>Whose rows they are.</summary>
    public string Service => _rows.Service;

    public StorageFaults Faults { get; } = new();

    public InProcessTestCluster Cluster => _cluster!;

    /// <summary>The services of the client; those of the last one after an end.</summary>
    public IServiceProvider Client { get; private set; } = null!;

    public IEnumerable<ClusterScheduler> Schedulers =>
        Cluster.GetActiveSilos().Select(silo => Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ClusterScheduler>());

    public async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder((short)_silos);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ServiceId = _rows.Service;
        IGrainStorage rows = Faults.Open(await _rows.OpenAsync());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddOrleansScheduler(_options(Time));
            silo.Services.AddSingleton<IReminderRegistry>(_reminders);
            silo.Services.AddKeyedSingleton("scheduler", rows);
            _configure(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddOrleansScheduler(Time);
            client.Services.AddActor<IProbe, Actors.IProbeGrain>();
        });
        _cluster = builder.Build();
        await TestLimits.StepAsync("start the silos", _cluster.DeployAsync());
        await TestLimits.StepAsync("tell what the silos can run", UsableAsync());
        Client = _cluster.Client.ServiceProvider;
        _reminders.Connect(_cluster.Client);
    }

    /// <summary>One more silo starts. Completes when it is active and all others know it.</summary>
    public async Task<InProcessSiloHandle> AddSiloAsync()
    {
        InProcessSiloHandle added = await Cluster.StartAdditionalSiloAsync();
        await TestLimits.StepAsync("tell of a silo", KnownAsync(added.SiloAddress, SiloStatus.Active));
        await TestLimits.StepAsync("tell what a silo can run", UsableAsync());
        return added;
    }

    /// <summary>One silo stops in order. Completes when all others know that.</summary>
    public async Task StopSiloAsync(InProcessSiloHandle silo)
    {
        await TestLimits.StepAsync("stop a silo", Cluster.StopSiloAsync(silo));
        await TestLimits.StepAsync("tell of the end of a silo", KnownAsync(silo.SiloAddress, SiloStatus.Dead));
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
        await TestLimits.StepAsync("wait for storage", Faults.CrashAsync());
        foreach (InProcessSiloHandle silo in Cluster.GetActiveSilos().ToList())
        {
            await TestLimits.StepAsync("kill a silo", Cluster.KillSiloAsync(silo));
        }

        await EndAsync();
    }

    /// <summary>Ends the silos and the client. They may start again.</summary>
    public async Task EndAsync()
    {
        if (_cluster is { } cluster)
        {
            _cluster = null;
            await TestLimits.StepAsync("end the cluster", cluster.DisposeAsync().AsTask());
        }
    }

    // Every silo knows of all of them what they can run, so that it may place actors there.
    private Task UsableAsync() => Task.WhenAll(Cluster.GetActiveSilos().Select(async handle =>
    {
        var manifests = Cluster.GetSiloServiceProvider(handle.SiloAddress).GetRequiredService<IClusterManifestProvider>();
        await foreach (ClusterManifest manifest in manifests.Updates)
        {
            if (Cluster.GetActiveSilos().All(silo => manifest.Silos.ContainsKey(silo.SiloAddress)))
            {
                return;
            }
        }
    }));

    private Task KnownAsync(SiloAddress silo, SiloStatus status) => Task.WhenAll(Cluster.GetActiveSilos().Select(async handle =>
    {
        var membership = Cluster.GetSiloServiceProvider(handle.SiloAddress).GetRequiredService<IClusterMembershipService>();
        await foreach (ClusterMembershipSnapshot snapshot in membership.MembershipUpdates)
        {
            if (snapshot.GetSiloStatus(silo) == status)
            {
                return;
            }
        }
    }));

    /// <summary>Ends whatever is left, without an orderly end, which no test needs that did not ask for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        if (_cluster is not null)
        {
            await KillAsync();
        }
    }
}
