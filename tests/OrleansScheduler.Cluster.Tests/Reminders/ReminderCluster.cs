using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansScheduler.Cluster.Tests.Actors;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Tests.Reminders;

/// <summary>Two silos on the real clock, with the reminder service of Orleans; rows are in the memory of the test and outlive the silos.</summary>
internal sealed class ReminderCluster : IAsyncDisposable
{
    private readonly RowStore _rows = new();
    private readonly string _service = InProcessTestClusterBuilder.CreateClusterId();
    private readonly Action<ISiloBuilder> _reminders;
    private readonly IDisposable _watch;
    private InProcessTestCluster? _cluster;

    /// <param name="reminders">Which reminder table the silos use.</param>
    public ReminderCluster(Action<ISiloBuilder> reminders)
    {
        _reminders = reminders;
        _watch = TestLimits.Watch(Board.GiveUp);
    }

    public ProbeBoard Board { get; } = new();

    public DateTimeOffset Now => TestTime.System.GetUtcNow();

    public IProbe Probe(string key) => _cluster!.Client.ServiceProvider.GetRequiredService<IActorDirectory>().Get<IProbe>(key);

    public async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.Options.ServiceId = _service;
        IGrainStorage rows = _rows;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddOrleansScheduler(new ClusterSchedulerOptions { Time = TestTime.System });
            silo.Services.AddKeyedSingleton("scheduler", rows);
            silo.Services.AddSingleton(Board);
            silo.Services.AddActor<IProbe, IProbeGrain>();
            _reminders(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddOrleansScheduler(TestTime.System);
            client.Services.AddActor<IProbe, IProbeGrain>();
        });
        _cluster = builder.Build();
        await TestLimits.StepAsync("start the silos", _cluster.DeployAsync());
    }

    /// <summary>Stops the silo that has an actor, in order.</summary>
    public async Task StopSiloOfAsync(string key)
    {
        SiloAddress? silo = await _cluster!.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(_cluster.Client.GetGrain<IProbeGrain>(key));
        await TestLimits.StepAsync("stop a silo", _cluster.StopSiloAsync(_cluster.GetActiveSilos().Single(one => one.SiloAddress.Equals(silo))));
    }

    public Task EndAsync() => TestLimits.StepAsync("end the cluster", _cluster!.DisposeAsync().AsTask());

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await EndAsync();
    }
}
