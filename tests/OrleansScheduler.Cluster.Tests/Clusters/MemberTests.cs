using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansScheduler.Clocks;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class MemberTests
{
    private const int TriesMax = 100;

    private readonly ProbeBoard _board = new();

    [Fact]
    public async Task All_silos_of_a_deployment_have_one_start_and_the_next_deployment_has_the_next()
    {
        await using TestCluster cluster = Create();
        await cluster.StartAsync();
        DeploymentStart[] starts = [.. cluster.Schedulers.Select(scheduler => scheduler.Start!)];

        await cluster.StopSilosAsync();
        await cluster.EndAsync();
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await cluster.StartAsync();

        Assert.Equal(2, starts.Length);
        Assert.Equal(starts[0], starts[1]);
        Assert.All(cluster.Schedulers, scheduler => Assert.Equal(starts[0].Number + 1, scheduler.Start!.Number));
    }

    [Fact]
    public async Task When_a_silo_goes_its_slots_are_free_and_those_of_the_others_are_kept()
    {
        await using TestCluster cluster = Create();
        await cluster.StartAsync();
        InProcessSiloHandle[] silos = [.. cluster.Cluster.GetActiveSilos()];
        InProcessSiloHandle goes = silos[^1];
        string kept = silos[0].SiloAddress.ToParsableString();
        IGovernor governor = cluster.Client.GetRequiredService<IActorDirectory>().Get<IGovernor>(IGovernor.Key);
        await governor.ConfigureAsync(new GovernorSettings(2, ImmutableSortedDictionary<string, int>.Empty), CancellationToken.None);
        await governor.AcquireAsync(Request(cluster, 1, kept), TimeSpan.Zero, CancellationToken.None);
        await governor.AcquireAsync(Request(cluster, 2, goes.SiloAddress.ToParsableString()), TimeSpan.Zero, CancellationToken.None);
        Task<Admission> waiting = governor.AcquireAsync(Request(cluster, 3, kept), TimeSpan.FromSeconds(20), CancellationToken.None);
        await cluster.Time.ArmedForAsync(cluster.Time.GetUtcNow().AddSeconds(20));

        await TestLimits.StepAsync("stop a silo", cluster.Cluster.StopSiloAsync(goes));

        // Where the governor was on that silo, whoever waited asks again.
        Admission? answer = null;
        for (int tries = 0; answer is null; tries++)
        {
            try
            {
                answer = await waiting;
            }
            catch (SchedulerException fault) when (fault.IsTransient && tries < TriesMax)
            {
                waiting = governor.AcquireAsync(Request(cluster, 3, kept), TimeSpan.FromSeconds(20), CancellationToken.None);
            }
        }

        Assert.IsType<Admission.Granted>(answer);
        Assert.All((await governor.GetAsync(CancellationToken.None)).Leases, lease => Assert.Equal(kept, lease.Process));
    }

    private static SlotRequest Request(TestCluster cluster, int number, string process) => new(
        RunId.Of(ScheduleId.Of("owner", "s"), "0000000a", number), null, cluster.Time.GetUtcNow(), TimeSpan.FromMinutes(1), process);

    private TestCluster Create() => new(_board, 2, time => new ClusterSchedulerOptions { Time = time }, _ => { });
}
