using System.Globalization;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Clocks;

/// <summary>Which shard cares for which schedule.</summary>
public static class ClockShard
{
    /// <summary>How many shards there are; fixed for the life of a deployment.</summary>
    public const int Count = 64;

    /// <summary>The key of the shard of a schedule, by FNV-1a over its text, so that every process agrees.</summary>
    public static string KeyOf(ScheduleId schedule)
    {
        return KeyOf((int)(NameHash.Of(schedule.ToString()) % Count));
    }

    /// <summary>The key of a shard by its number, 0 to 63.</summary>
    public static string KeyOf(int shard) => shard.ToString("00", CultureInfo.InvariantCulture);
}
