using Cronos;
using OrleansScheduler.Cluster.Cron;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using Xunit;
using CronExpression = Cronos.CronExpression;

namespace OrleansScheduler.Cluster.Tests.Cron;

/// <summary>The scheduler's own cron beside Cronos: the same instants, but for the listed differences.</summary>
public sealed class CronosOracleTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "America/Santiago", "Africa/Cairo",
        "Asia/Beirut", "Antarctica/Troll", "Pacific/Chatham", "America/Havana", "Asia/Kolkata",
    ];

    private static readonly string[] DisorderedZones = ["Europe/Dublin", "Africa/Casablanca"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Both_tell_the_same_around_changes_of_the_offset_but_for_the_listed_differences(int seed)
    {
        var seen = new HashSet<CronosDifference>();
        var zones = new CronosZones();
        CronosCase[] cases = [.. CronTexts.Usual.Concat(CronTexts.Nasty).Concat(CronTexts.Generated(seed, 150)).Select(CronosCase.Of).OfType<CronosCase>()];
        Assert.InRange(cases.Length, 150, int.MaxValue);

        foreach (TimeZoneInfo zone in Zones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            Assert.True(zones.IsInOrder(zone), zone.Id);
            foreach (DateTimeOffset change in Changes(zone).Where((_, index) => index % 3 == seed % 3))
            {
                foreach (CronosCase one in cases)
                {
                    one.Check(zone, change, TimeSpan.FromHours(6), seen);
                }
            }
        }

        Assert.Contains(CronosDifference.RepeatingInGap, seen);
        Assert.Contains(CronosDifference.SecondsInOverlap, seen);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Both_tell_the_same_days_of_months_and_weeks_but_for_the_listed_differences(int seed)
    {
        var seen = new HashSet<CronosDifference>();
        CronosCase[] cases =
        [
            .. CronTexts.Usual.Concat(CronTexts.Nasty).Concat(CronTexts.Generated(seed, 300))
                .Where(text => !text.Contains("* * *", StringComparison.Ordinal) || text.StartsWith("0 0", StringComparison.Ordinal))
                .Select(CronosCase.Of).OfType<CronosCase>(),
        ];

        foreach (CronosCase one in cases)
        {
            one.Check(TimeZoneInfo.Utc, Start.AddDays(16 * seed), TimeSpan.FromDays(16), seen);
        }

        Assert.Equal([CronosDifference.WeekdaySteps], seen);
    }

    [Fact]
    public void Around_changes_that_the_runtime_misjudges_Cronos_does_not_move_on()
    {
        var zones = new CronosZones();

        foreach (TimeZoneInfo zone in DisorderedZones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            Assert.False(zones.IsInOrder(zone), zone.Id);
            Assert.Contains(Changes(zone), change => GoesBackwards(zone, change));
            Assert.Null(new CronosEvaluator().Read(new CronTrigger("30 2 * * *", zone.Id), zone));
        }
    }

    [Fact]
    public void Everywhere_what_Cronos_is_asked_for_strictly_increases()
    {
        var evaluator = new CronosEvaluator();
        int asked = 0;
        foreach (TimeZoneInfo zone in TimeZoneInfo.GetSystemTimeZones())
        {
            foreach (string text in (string[])["*/10 * * * *", "30 2 * * *", "30 0 * * *", "*/20 30 1 * * *"])
            {
                if (evaluator.Read(new CronTrigger(text, zone.Id), zone) is not { } next)
                {
                    continue;
                }

                asked++;
                foreach (DateTimeOffset change in Changes(zone))
                {
                    for (DateTimeOffset after = change - TimeSpan.FromHours(3); after < change + TimeSpan.FromHours(3); after += Quarter)
                    {
                        Assert.True(next(after) > after, $"{text} in {zone.Id} after {after:u}: {next(after):u}");
                    }
                }
            }
        }

        Assert.InRange(asked, 1_000, int.MaxValue);
    }

    [Fact]
    public void With_either_day_the_scheduler_is_due_on_days_that_Cronos_does_not_know()
    {
        var friday = new CronTrigger("0 0 13 * 5", "UTC", DayMatch.Either);

        Assert.False(CronosEvaluator.TryParse(friday, out _));
        Assert.True(CronosEvaluator.TryParse(friday with { DayMatch = DayMatch.Both }, out CronExpression? both));
        Assert.NotEqual(both.GetNextOccurrence(Noon, TimeZoneInfo.Utc), Core.Timing.CronExpression.Parse(friday.Expression, DayMatch.Either).NextAfter(Noon));
        Assert.True(CronosEvaluator.TryParse(friday with { Expression = "0 0 13 * *" }, out _));
    }

    [Theory]
    [InlineData("H H * * *", true, false)]
    [InlineData("0 0 1,L * *", true, false)]
    [InlineData("0 0 1W,15W * *", true, false)]
    [InlineData("0 0 * * 1#1,3#1", true, false)]
    [InlineData("0 0 * * MON,5L", true, false)]
    [InlineData("*/10,5 * * * *", true, false)]
    [InlineData("*/60 * * * *", true, false)]
    [InlineData("@every_minute", false, true)]
    [InlineData("@every_second", false, true)]
    [InlineData("? * * * *", false, true)]
    [InlineData("0 0 L-0 * *", false, true)]
    [InlineData("0 0 ?/2 * *", false, true)]
    [InlineData("0 0 30 2 *", false, true)]
    [InlineData("0 0 15W * 5L", false, true)]
    [InlineData("0 0 1 1 * 2026", false, false)]
    [InlineData("61 * * * *", false, false)]
    public void Each_reads_texts_that_the_other_refuses(string text, bool ours, bool theirs)
    {
        bool read = true;
        try
        {
            Core.Timing.CronExpression.Parse(text, hashId: "owner/name");
        }
        catch (SchedulerException)
        {
            read = false;
        }

        Assert.Equal((ours, theirs), (read, CronosEvaluator.TryParse(new CronTrigger(text), out _)));
    }

    private static bool GoesBackwards(TimeZoneInfo zone, DateTimeOffset change)
    {
        for (DateTimeOffset after = change.AddHours(-3); after < change.AddHours(3); after += TimeSpan.FromMinutes(1))
        {
            if (CronExpression.EveryMinute.GetNextOccurrence(after, zone) <= after)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        for (DateTimeOffset at = Start; at < End; at += TimeSpan.FromHours(12))
        {
            TimeSpan offset = zone.GetUtcOffset(at);
            if (zone.GetUtcOffset(at.AddHours(12)) == offset)
            {
                continue;
            }

            DateTimeOffset change = at;
            while (zone.GetUtcOffset(change) == offset)
            {
                change = change.AddMinutes(1);
            }

            yield return change;
        }
    }
}
