using System.Globalization;
using OrleansScheduler.Identity;

namespace OrleansScheduler.History;

/// <summary>Which history keeps which run.</summary>
public static class HistoryShard
{
    /// <summary>How many shards a day of an owner has; fixed for the life of a deployment.</summary>
    public const int Count = 16;

    /// <summary>For so many days ended runs are kept.</summary>
    public const int DaysKept = 30;

    /// <summary>The key of the history of the runs of a schedule that ended on a day, in UTC.</summary>
    public static string KeyOf(ScheduleId schedule, DateOnly day) => KeyOf(schedule.Owner, day, ShardOf(schedule));

    /// <summary>The key of a history by its shard, 0 to 15.</summary>
    public static string KeyOf(string owner, DateOnly day, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner}/{day:yyyy-MM-dd}/{shard:00}");

    /// <summary>The shard of a schedule, by FNV-1a over its text, so that every process agrees.</summary>
    public static int ShardOf(ScheduleId schedule)
    {
        uint hash = NameHash.Of(schedule.ToString());
        return (int)((hash >> 16 ^ hash) % Count);
    }
}
