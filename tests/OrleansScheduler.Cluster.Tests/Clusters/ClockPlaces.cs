using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Clocks;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Placement;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>In which silos the clock shards of a cluster live.</summary>
internal static class ClockPlaces
{
    /// <summary>The silo of each shard, by number; null for one that lives nowhere.</summary>
    /// <remarks>As the silos themselves have it: what Orleans tells of an activation may be of a while ago.</remarks>
    public static SiloAddress?[] Of(TestCluster cluster)
    {
        var places = new SiloAddress?[ClockShard.Count];
        foreach (SiloAddress silo in cluster.Cluster.GetActiveSilos().Select(handle => handle.SiloAddress))
        {
            LiveActivations live = cluster.Cluster.GetSiloServiceProvider(silo).GetRequiredService<ClusterProcess>().Live;
            foreach (int shard in Enumerable.Range(0, ClockShard.Count).Where(shard => live.All.Any(one => one.ToString() == $"clock/{ClockShard.KeyOf(shard)}")))
            {
                places[shard] = places[shard] is null ? silo : throw new InvalidOperationException($"Clock shard {shard} lives in two silos.");
            }
        }

        return places;
    }

    /// <summary>Where the shards are at home while just these silos run.</summary>
    public static SiloAddress[] Homes(TestCluster cluster) => ClockHomes.Of([.. cluster.Cluster.GetActiveSilos().Select(silo => silo.SiloAddress)]);

    /// <summary>How many live in each silo.</summary>
    public static ImmutableArray<int> Counts(IEnumerable<SiloAddress?> places) =>
        [.. places.GroupBy(place => place).Select(group => group.Count()).OrderDescending()];
}
