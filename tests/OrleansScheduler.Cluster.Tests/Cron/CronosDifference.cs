using System.Collections.Immutable;
using System.Globalization;

namespace OrleansScheduler.Cluster.Tests.Cron;

/// <summary>Why the scheduler and Cronos tell other instants for one expression.</summary>
/// <param name="Name">Names the reason.</param>
/// <param name="Reason">What each does, and why the scheduler does as it does.</param>
internal sealed record CronosDifference(string Name, string Reason)
{
    public static readonly CronosDifference RepeatingInGap = new(
        "repeating in a gap",
        "What repeats (a star, step or range in hour or minute) skips local times that no clock shows; Cronos is due once at the end of the gap. A repeating "
        + "schedule means the clock's own rhythm, and the next turn comes by itself.");

    public static readonly CronosDifference SecondsInOverlap = new(
        "repeating seconds in an overlap",
        "With a fixed hour and minute every local time counts once, the first time; Cronos takes repeating seconds for an interval and is due in both passes. "
        + "A daily job runs once a day.");

    public static readonly CronosDifference WeekdaySteps = new(
        "steps over weekdays",
        "'a/n' ends with Saturday, and '7' begins a week as '0' does; Cronos counts to 7, which is Sunday again, and forgets the 7 that a range with a step begins with.");

    public static readonly CronosDifference DisorderedZone = new(
        "zones out of order",
        "Where the runtime misjudges which local times are skipped or repeated, answers of Cronos go backwards or name other hours. The scheduler reads the offsets themselves.");

    public static readonly CronosDifference DayMatchEither = new(
        "day_match either",
        "With 'either' a day fits when one of two restricted day fields does, as in crontab; Cronos knows only both.");

    /// <summary>All that there are.</summary>
    public static ImmutableArray<CronosDifference> All { get; } = [RepeatingInGap, SecondsInOverlap, WeekdaySteps, DisorderedZone, DayMatchEither];

    /// <summary>True when <see cref="WeekdaySteps"/> may show: an item of the last field runs over a 7.</summary>
    public static bool StepsOverWeekdays(string text)
    {
        string[] items = text.Split(' ')[^1].Split(',');
        return items.Any(item => item.Split('/') is [var range, var step] && int.Parse(step, CultureInfo.InvariantCulture) is var n && (range.Split('-') switch
        {
            ["7", _] => n > 1,
            [var one] when int.TryParse(one, CultureInfo.InvariantCulture, out int from) => from == 7 || (from > 0 && (7 - from) % n == 0),
            _ => false,
        }));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
