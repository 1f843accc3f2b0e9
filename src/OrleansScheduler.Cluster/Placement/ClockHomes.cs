using OrleansScheduler.Clocks;
using StableHash = OrleansScheduler.Core.Timing.StableHash;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Which silo is the home of which clock shard. Pure: the same silos give the same homes everywhere.</summary>
internal static class ClockHomes
{
    /// <summary>The homes of all shards, by number. Of n silos each has 64/n, rounded up or down; most keep theirs when a silo comes or goes.</summary>
    /// <remarks>
    /// Every shard ranks the silos by a hash, and takes the first that has room. A hash alone left one of two silos with fewer than
    /// 25 shards in one case of 20; shares by position would move two thirds of all shards when a third silo comes.
    /// </remarks>
    /// <param name="silos">At least one; their order does not matter.</param>
    public static SiloAddress[] Of(IReadOnlyCollection<SiloAddress> silos)
    {
        (SiloAddress Silo, string Name)[] named = [.. silos.Order().Select(static silo => (silo, silo.ToParsableString()))];
        (int share, int larger) = Math.DivRem(ClockShard.Count, named.Length);
        var held = new int[named.Length];
        var homes = new SiloAddress[ClockShard.Count];
        for (int shard = 0; shard < homes.Length; shard++)
        {
            int best = -1;
            ulong bestRank = 0;
            for (int index = 0; index < named.Length; index++)
            {
                bool hasRoom = held[index] < share || (held[index] == share && larger > 0);
                if (hasRoom && StableHash.Of(named[index].Name, shard) is var rank && (best < 0 || rank > bestRank))
                {
                    (best, bestRank) = (index, rank);
                }
            }

            larger -= held[best]++ == share ? 1 : 0;
            homes[shard] = named[best].Silo;
        }

        return homes;
    }
}
