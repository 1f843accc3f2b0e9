using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>One expression, as the product and as the oracle reads it.</summary>
internal sealed class OracleCase
{
    // Where offsets change: the last second before, the instant itself, and a minute past, as they once did in Newfoundland.
    private static readonly int[] SecondsAroundQuarter = [-1, 0, 59, 400];

    private readonly OracleRule _rule;
    private readonly CronExpression _expression;

    private OracleCase(string text, DayMatch dayMatch)
    {
        _rule = new OracleRule(text, dayMatch);
        _expression = CronExpression.Parse(text, dayMatch);
    }

    /// <summary>Chosen to be nasty.</summary>
    public static IReadOnlyList<OracleCase> All { get; } =
    [
        .. Of(
            DayMatch.Both,
            "30 2 * * *", "30 1 * * *", "0 0 * * *", "0,30 0,1,2,3 * * *", "59 23 * * *", "15 0,12 * * *",
            "*/5 * * * *", "*/15 1-3 * * *", "0 22-2 * * *", "30 */2 * * *", "7 * * * *", "0/20 0 * * *", "50-10/5 23-1 * * *",
            "*/15 * * * * *", "10-20/5 30 2 * * *", "30 59 23,0,1,2 * * *", "0/20 0/30 1 * * *"),
        .. Sparse,
    ];

    /// <summary>Those that are due rarely, so that one step passes many changes of the zone.</summary>
    public static IReadOnlyList<OracleCase> Sparse =>
    [
        .. Of(
            DayMatch.Both,
            "30 2 L * *", "0 1 L-2 * *", "30 1 LW * *", "0 0 15W * *", "0 2 1W,L-3W * *", "30 2 * 3 7L", "*/30 2 * 3 SUNL", "30 1 * 10 0L",
            "0 3 * * SUN#2", "0 2 * * 0#5", "*/20 1-2 * 10,11,3,4 0", "0 0 28-3 * *", "0 12 * NOV-FEB FRI-MON", "0 0 29 2 *", "0 0 29 2 0",
            "30 2 13 * 5", "*/30 * 1-7 * 1", "0 0 31 * ?"),
        .. Of(DayMatch.Either, "30 2 13 * 5", "*/30 0-3 1-7 * 1", "0 0 */2 * MON", "15 1 L * SUNL", "0 0 1-31 5 MON"),
    ];

    /// <summary>Fails unless product and oracle agree on every occurrence of a stretch, in a chain of answers and from instants between.</summary>
    public void Check(LocalWalk walk)
    {
        DateTime[] occurrences = [.. walk.Occurrences(_rule)];
        CheckChain(walk.Zone, walk.Start, walk.End, occurrences);
        int next = 0;
        for (var quarter = walk.Start; quarter < walk.End; quarter = quarter.AddMinutes(15))
        {
            foreach (int second in SecondsAroundQuarter)
            {
                var after = quarter.AddSeconds(second);
                while (next < occurrences.Length && occurrences[next] <= after)
                {
                    next++;
                }

                CheckOne(walk.Zone, after, next < occurrences.Length ? occurrences[next] : null, walk.End);
            }
        }
    }

    /// <summary>The same over several walks that follow each other, in one chain of answers.</summary>
    public void Check(IReadOnlyList<LocalWalk> walks) =>
        CheckChain(walks[0].Zone, walks[0].Start, walks[^1].End, walks.SelectMany(walk => walk.Occurrences(_rule)));

    private static IEnumerable<OracleCase> Of(DayMatch dayMatch, params string[] texts) => texts.Select(text => new OracleCase(text, dayMatch));

    private void CheckChain(TimeZoneInfo zone, DateTime start, DateTime end, IEnumerable<DateTime> occurrences)
    {
        var after = start.AddTicks(-1);
        foreach (var expected in occurrences)
        {
            CheckOne(zone, after, expected, end);
            after = expected;
        }

        CheckOne(zone, after, null, end);
    }

    private void CheckOne(TimeZoneInfo zone, DateTime after, DateTime? expected, DateTime end)
    {
        var answer = _expression.NextAfter(new DateTimeOffset(after), zone);
        if (expected is null ? answer < end : answer?.UtcDateTime != expected)
        {
            string right = expected is null ? $"none before {end:u}" : $"{expected:u}";
            Assert.Fail($"{_rule} in {zone.Id} after {after:u}: expected {right}, but it was {answer:u}.");
        }
    }
}
