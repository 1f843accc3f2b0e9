using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Tests.Actors;

/// <summary>The cluster engine as the conformance tests see it.</summary>
internal sealed class ClusterEngine : EngineUnderTest
{
    private readonly TestCluster _cluster;

    private ClusterEngine(TestCluster cluster, ProbeBoard board)
        : base(board) => _cluster = cluster;

    public override IActorDirectory Directory => _cluster.Client.GetRequiredService<IActorDirectory>();

    public override IEventFanout Fanout => _cluster.Client.GetRequiredService<IEventFanout>();

    public override bool CallersAreOutside => true;

    public override DateTimeOffset Now => _cluster.Time.GetUtcNow();

    public static async Task<EngineUnderTest> StartAsync(int silos, EngineSettings settings)
    {
        var board = new ProbeBoard();
        var cluster = new TestCluster(
            board,
            silos,
            time => new ClusterSchedulerOptions
            {
                Time = time,
                UnansweredRequestsMax = Math.Max(2, settings.UnansweredRequestsMax),
                IdleAfter = settings.IdleAfter,
                CollectionInterval = settings.CollectionInterval,
                FlushWait = settings.FlushWait,
            },
            silo =>
            {
                silo.Services.AddSingleton(board);
                silo.Services.AddActor<IProbe, IProbeGrain>();
            });
        var engine = new ClusterEngine(cluster, board);
        await cluster.StartAsync();
        return engine;
    }

    public override Task AdvanceAsync(TimeSpan span)
    {
        _cluster.Time.Advance(span);
        return Task.CompletedTask;
    }

    public override async Task CrashAsync(TimeSpan down)
    {
        await _cluster.KillAsync();
        _cluster.Time.Advance(down);
        await _cluster.StartAsync();
    }

    public override async Task<ImmutableArray<string>> StopAsync()
    {
        List<ClusterScheduler> schedulers = _cluster.Schedulers.ToList();
        await _cluster.StopSilosAsync();
        return [.. schedulers.SelectMany(scheduler => scheduler.Unflushed)];
    }

    public override Task StartAgainAsync() => _cluster.StartAsync();

    public override ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
