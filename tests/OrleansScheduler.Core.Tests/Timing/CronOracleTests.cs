using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Core.Timing;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>Compares the product with a walk through every local minute.</summary>
/// <remarks>
/// With SCHEDULER_ORACLE=full: three days around every change of every zone of the machine, 2000 to 2060, one in a hundred of the other
/// days, and whole chains of answers in the nasty zones, which takes many minutes. Otherwise: a sample by a seed.
/// </remarks>
public sealed class CronOracleTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SCHEDULER_ORACLE") == "full";

    private static readonly int DaysInAll = (OracleZones.End - OracleZones.Start).Days;

    [Fact]
    public void Answers_around_changes_of_the_offset_are_those_of_the_walk() => Seeded.Rounds(1, random =>
    {
        foreach (var zone in Zones(random))
        {
            var changes = OracleZones.Changes(zone, OracleZones.Start, OracleZones.End, TimeSpan.FromHours(IsFull ? 1 : 24)).ToArray();
            foreach (var change in IsFull ? changes : changes.OrderBy(_ => random.Next()).Take(4))
            {
                CheckDays(zone, change.Date.AddDays(-1), 3);
            }
        }
    });

    [Fact]
    public void Answers_on_other_days_are_those_of_the_walk() => Seeded.Rounds(1, random =>
    {
        foreach (var zone in Zones(random))
        {
            for (int i = IsFull ? DaysInAll / 100 : 2; i > 0; i--)
            {
                CheckDays(zone, OracleZones.Start.AddDays(random.Next(DaysInAll)), 1);
            }
        }
    });

    [Fact]
    public void Chains_of_rare_answers_are_those_of_the_walk() => Seeded.Rounds(1, random =>
    {
        foreach (string id in IsFull ? OracleZones.Nasty : OracleZones.Nasty.OrderBy(_ => random.Next()).Take(3))
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
            var decades = Enumerable.Range(0, 6).Select(decade => OracleZones.Start.AddYears(10 * decade));
            foreach (var start in IsFull ? decades : [OracleZones.Start.AddYears(random.Next(58))])
            {
                CheckChain(zone, start, years: IsFull ? 11 : 2);
            }
        }
    });

    [Fact]
    public void Tables_of_zones_hold_the_offset_of_every_hour() => Seeded.Rounds(1, random =>
    {
        foreach (var zone in IsFull ? Zones(random) : Zones(random).OrderBy(_ => random.Next()).Take(4))
        {
            var rules = ZoneRules.Of(zone);
            for (long hour = CalendarRange.Start; hour < CalendarRange.End; hour += 3_600)
            {
                var expected = zone.GetUtcOffset(new DateTime(hour * TimeSpan.TicksPerSecond, DateTimeKind.Utc));
                int offset = rules.Segments[rules.SegmentAt(hour)].Offset;
                Assert.True(expected.TotalSeconds == offset, $"{zone.Id}, hour {hour}: expected {expected}, but it was {offset} s.");
            }
        }
    });

    private static void CheckChain(TimeZoneInfo zone, DateTime start, int years)
    {
        var walks = Enumerable.Range(0, years).Select(year => new LocalWalk(zone, start.AddYears(year), start.AddYears(year + 1))).ToArray();
        foreach (var one in OracleCase.Sparse)
        {
            one.Check(walks);
        }
    }

    private static IEnumerable<TimeZoneInfo> Zones(Random random)
    {
        var all = TimeZoneInfo.GetSystemTimeZones();
        return IsFull
            ? all
            : OracleZones.Nasty.Select(TimeZoneInfo.FindSystemTimeZoneById).Concat(all.OrderBy(_ => random.Next()).Take(20));
    }

    private static void CheckDays(TimeZoneInfo zone, DateTime start, int days)
    {
        var walk = new LocalWalk(zone, start, start.AddDays(days));
        foreach (var one in OracleCase.All)
        {
            one.Check(walk);
        }
    }
}
