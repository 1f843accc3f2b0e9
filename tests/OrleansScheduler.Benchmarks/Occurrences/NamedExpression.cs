using System.Collections.Immutable;

namespace OrleansScheduler.Benchmarks.Occurrences;

/// <summary>One rule as both libraries write it.</summary>
/// <param name="Name">What it means.</param>
/// <param name="Ours">Five fields.</param>
/// <param name="Quartz">Six fields; weekdays begin with 1 for Sunday.</param>
internal sealed record NamedExpression(string Name, string Ours, string Quartz)
{
    /// <summary>What people write, from the simplest to the rarest.</summary>
    public static ImmutableArray<NamedExpression> Ten { get; } =
    [
        new("every minute", "* * * * *", "0 * * * * ?"),
        new("every 5 minutes", "*/5 * * * *", "0 0/5 * * * ?"),
        new("hourly", "0 * * * *", "0 0 * * * ?"),
        new("daily at 06:30", "30 6 * * *", "0 30 6 * * ?"),
        new("weekdays at 09:00", "0 9 * * MON-FRI", "0 0 9 ? * MON-FRI"),
        new("every 15 minutes of office hours", "*/15 9-17 * * MON-FRI", "0 0/15 9-17 ? * MON-FRI"),
        new("monthly on the 1st", "0 0 1 * *", "0 0 0 1 * ?"),
        new("last day of the month at 18:00", "0 18 L * *", "0 0 18 L * ?"),
        new("second Tuesday at 03:00", "0 3 * * TUE#2", "0 0 3 ? * 3#2"),
        new("29 February at 12:00", "0 12 29 2 *", "0 0 12 29 2 ?"),
    ];
}
