using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using OrleansScheduler.Clocks;
using OrleansScheduler.Conformance.Probes;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class ClockPlacementTests
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly ProbeBoard _board = new();
    private readonly int[] _moves = new int[ClockShard.Count];
    private bool _hold;

    [Fact]
    public async Task Clocks_spread_over_silos_that_join_and_then_stay()
    {
        await using TestCluster cluster = Create(1);
        await cluster.StartAsync();
        SiloAddress?[] alone = ClockPlaces.Of(cluster);

        await cluster.AddSiloAsync();
        SiloAddress[] ofTwo = await LookAsync(cluster, alone);
        SiloAddress?[] two = ClockPlaces.Of(cluster);
        await cluster.AddSiloAsync();
        SiloAddress[] ofThree = await LookAsync(cluster, two);
        SiloAddress?[] three = ClockPlaces.Of(cluster);
        cluster.Time.Advance(Look);
        await _board.MarkedAsync("log:ClocksLookedAfter", 2 + 3 + 3);

        Assert.Equal([64], ClockPlaces.Counts(alone));
        Assert.Equal([32, 32], ClockPlaces.Counts(two));
        Assert.Equal([22, 21, 21], ClockPlaces.Counts(three));
        Assert.Equal(ofTwo, two);
        Assert.Equal(ofThree, three);
        Assert.Equal(_moves.Sum(), _board.Count("log:ClockMoved"));
    }

    [Fact]
    public async Task Silos_that_start_together_share_the_clocks()
    {
        await using TestCluster cluster = Create(3);
        await cluster.StartAsync();

        SiloAddress[] homes = await LookAsync(cluster, ClockPlaces.Of(cluster));

        Assert.Equal(homes, ClockPlaces.Of(cluster));
    }

    [Fact]
    public async Task What_a_silo_had_that_stops_in_order_the_others_have_before_anybody_looks()
    {
        await using TestCluster cluster = Create(3);
        await cluster.StartAsync();
        await LookAsync(cluster, ClockPlaces.Of(cluster));
        InProcessSiloHandle goes = cluster.Cluster.GetActiveSilos().Last();

        await cluster.StopSiloAsync(goes);
        SiloAddress?[] places = ClockPlaces.Of(cluster);

        Assert.All(places, place => Assert.NotNull(place));
        Assert.DoesNotContain(places, place => place!.Equals(goes.SiloAddress));
    }

    [Fact]
    public async Task What_a_silo_had_that_was_killed_the_others_have_as_soon_as_they_know()
    {
        await using TestCluster cluster = Create(3);
        await cluster.StartAsync();
        await LookAsync(cluster, ClockPlaces.Of(cluster));
        InProcessSiloHandle goes = cluster.Cluster.GetActiveSilos().Last();

        await TestLimits.StepAsync("kill a silo", cluster.Cluster.KillSiloAsync(goes));
        await _board.MarkedAsync("log:SilosGone", 2);

        Assert.All(ClockPlaces.Of(cluster), place => Assert.NotNull(place));
    }

    [Fact]
    public async Task A_silo_on_hold_gets_no_clock_until_it_is_released()
    {
        await using TestCluster cluster = Create(1);
        await cluster.StartAsync();
        SiloAddress?[] alone = ClockPlaces.Of(cluster);
        _hold = true;
        InProcessSiloHandle held = await cluster.AddSiloAsync();

        cluster.Time.Advance(Look);
        await _board.MarkedAsync("log:ClocksLookedAfter", 2);
        SiloAddress?[] meanwhile = ClockPlaces.Of(cluster);
        await cluster.Cluster.GetSiloServiceProvider(held.SiloAddress).GetRequiredService<ClusterScheduler>().ReleaseAsync(CancellationToken.None);
        SiloAddress[] homes = await LookAsync(cluster, alone);

        Assert.Equal(alone, meanwhile);
        Assert.Equal(homes, ClockPlaces.Of(cluster));
    }

    // Has the silos look, and waits for every move that is to follow.
    private async Task<SiloAddress[]> LookAsync(TestCluster cluster, SiloAddress?[] places)
    {
        SiloAddress[] homes = ClockPlaces.Homes(cluster);
        cluster.Time.Advance(Look);
        foreach (int shard in Enumerable.Range(0, ClockShard.Count).Where(shard => !homes[shard].Equals(places[shard])))
        {
            await _board.MarkedAsync($"log:ClockMoved:{ClockShard.KeyOf(shard)}", ++_moves[shard]);
        }

        return homes;
    }

    private TestCluster Create(int silos) => new(
        _board,
        silos,
        time => new ClusterSchedulerOptions { Time = time, Hold = _hold },
        silo => silo.Services.AddSingleton<ILoggerProvider>(new MarkingProvider(_board))
            .AddLogging(logging => logging.AddFilter<MarkingProvider>("OrleansScheduler", LogLevel.Trace)));
}
