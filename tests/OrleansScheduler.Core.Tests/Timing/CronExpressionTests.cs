using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

[Collection(CronTimes.ZoneCache)]
public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01 00:01|2026-01-01 00:02")]
    [InlineData("*/5 * * * *", "2026-01-01 00:05|2026-01-01 00:10")]
    [InlineData("0 6 * * *", "2026-01-01 06:00|2026-01-02 06:00")]
    [InlineData("30 9 * * MON-FRI", "2026-01-01 09:30|2026-01-02 09:30|2026-01-05 09:30")]
    [InlineData("0 0 1 * *", "2026-02-01 00:00|2026-03-01 00:00")]
    [InlineData("*/15 * * * * *", "2026-01-01 00:00:15|2026-01-01 00:00:30|2026-01-01 00:00:45|2026-01-01 00:01")]
    [InlineData("\t 5  4\t* * *  ", "2026-01-01 04:05")]
    [InlineData("5,10,5 0 * * *", "2026-01-01 00:05|2026-01-01 00:10|2026-01-02 00:05")]
    [InlineData("50/4 0 * * *", "2026-01-01 00:50|2026-01-01 00:54|2026-01-01 00:58|2026-01-02 00:50")]
    [InlineData("10-20/5 0 * * *", "2026-01-01 00:10|2026-01-01 00:15|2026-01-01 00:20|2026-01-02 00:10")]
    [InlineData("0 22-2/2 * * *", "2026-01-01 02:00|2026-01-01 22:00|2026-01-02 00:00|2026-01-02 02:00")]
    [InlineData("58-1 0 * * *", "2026-01-01 00:01|2026-01-01 00:58|2026-01-01 00:59|2026-01-02 00:00")]
    [InlineData("0 0 1 nov-Feb *", "2026-02-01 00:00|2026-11-01 00:00|2026-12-01 00:00|2027-01-01 00:00")]
    [InlineData("0 0 31 * *", "2026-01-31 00:00|2026-03-31 00:00|2026-05-31 00:00")]
    public void Fields_hold_lists_ranges_and_steps(string cron, string expected)
    {
        string[] times = expected.Split('|');

        Assert.Equal(times, CronTimes.Next(cron, "2026-01-01T00:00Z", times.Length));
    }

    [Theory]
    [InlineData("0 0 * * FRI-MON", "01-02|01-03|01-04|01-05|01-09")]
    [InlineData("0 0 * * 5-7", "01-02|01-03|01-04|01-09")]
    [InlineData("0 0 * * 0-7", "01-02|01-03|01-04|01-05")]
    [InlineData("0 0 * * 7-1", "01-04|01-05|01-11")]
    [InlineData("0 0 * * 0", "01-04|01-11")]
    [InlineData("0 0 * * 7", "01-04|01-11")]
    [InlineData("0 0 * * 5/1", "01-02|01-03|01-09")]
    [InlineData("0 0 * * 5L", "01-30|02-27|03-27")]
    [InlineData("0 0 * * friL", "01-30|02-27|03-27")]
    [InlineData("0 0 ? * 7L", "01-25|02-22|03-29")]
    [InlineData("0 0 * * TUE#2", "01-13|02-10|03-10")]
    [InlineData("0 0 * * 0#5", "03-29|05-31|08-30")]
    [InlineData("0 0 * * 5#5,MON#1", "01-05|01-30|02-02|03-02")]
    public void Weekdays_have_names_places_and_two_numbers_for_sunday(string cron, string expected)
    {
        string[] times = [.. expected.Split('|').Select(day => $"2026-{day} 00:00")];

        Assert.Equal(times, CronTimes.Next(cron, "2026-01-01T00:00Z", times.Length));
    }

    [Theory]
    [InlineData("0 0 L * *", "01-31|02-28|03-31")]
    [InlineData("0 0 L-2 * ?", "01-29|02-26|03-29")]
    [InlineData("0 0 L-30 * *", "03-01|05-01")]
    [InlineData("0 0 LW * *", "01-30|02-27|03-31|04-30|05-29")]
    [InlineData("0 0 15W * *", "01-15|02-16|03-16|04-15|05-15")]
    [InlineData("0 0 1W * *", "02-02|03-02|04-01|05-01|06-01|07-01|08-03")]
    [InlineData("0 0 31W * *", "01-30|03-31|05-29")]
    [InlineData("0 0 L-3W * *", "01-28|02-25|03-27")]
    [InlineData("0 0 1,15,L * *", "01-15|01-31|02-01|02-15|02-28")]
    public void Days_of_the_month_count_from_the_end_and_avoid_weekends(string cron, string expected)
    {
        string[] times = [.. expected.Split('|').Select(day => $"2026-{day} 00:00")];

        Assert.Equal(times, CronTimes.Next(cron, "2026-01-01T00:00Z", times.Length));
    }

    [Theory]
    [InlineData("0 0 13 * 5", DayMatch.Both, "2026-02-13|2026-03-13|2026-11-13")]
    [InlineData("0 0 13 * 5", DayMatch.Either, "2026-01-02|2026-01-09|2026-01-13|2026-01-16")]
    [InlineData("0 0 13 * *", DayMatch.Either, "2026-01-13|2026-02-13")]
    [InlineData("0 0 ? * 5", DayMatch.Either, "2026-01-02|2026-01-09")]
    [InlineData("0 0 */10 * 0", DayMatch.Either, "2026-01-11|2026-02-01|2026-03-01|2026-05-31")]
    [InlineData("0 0 1-31 * 5", DayMatch.Either, "2026-01-02|2026-01-03")]
    [InlineData("0 0 L * SUN#1", DayMatch.Either, "2026-01-04|2026-01-31|2026-02-01|2026-02-28")]
    public void Two_restricted_day_fields_combine_as_asked(string cron, DayMatch dayMatch, string expected)
    {
        string[] times = [.. expected.Split('|').Select(day => day + " 00:00")];

        Assert.Equal(times, CronTimes.Next(cron, "2026-01-01T00:00Z", times.Length, dayMatch: dayMatch));
    }

    [Theory]
    [InlineData("@yearly", "0 0 1 1 *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("@Monthly", "0 0 1 * *")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData(" @daily ", "0 0 * * *")]
    [InlineData("@midnight", "0 0 * * *")]
    [InlineData("@HOURLY", "0 * * * *")]
    public void Macros_stand_for_fields(string macro, string cron)
    {
        var expected = CronTimes.Next(cron, "2026-01-01T00:00Z", 3);

        Assert.Equal(expected, CronTimes.Next(macro, "2026-01-01T00:00Z", 3));
    }

    [Fact]
    public void Fractions_and_offsets_of_the_instant_before_do_not_matter()
    {
        var expression = CronExpression.Parse("* * * * * *");

        Assert.Equal(CronTimes.Instant("2026-01-01T00:00:01Z"), expression.NextAfter(CronTimes.Instant("2026-01-01T00:00:00.999Z")));
        Assert.Equal(CronTimes.Instant("2026-01-01T00:00:01Z"), expression.NextAfter(CronTimes.Instant("2026-01-01T02:00:00+02:00")));
        Assert.Equal(TimeSpan.Zero, expression.NextAfter(CronTimes.Instant("2026-01-01T02:00:00+02:00"))!.Value.Offset);
    }

    [Fact]
    public void The_rarest_day_is_found_across_a_century_without_leap_year()
    {
        string[] leapSundays = CronTimes.Next("0 0 29 2 SUN", "2026-01-01T00:00Z", 4);
        string[] inBerlin = CronTimes.Next("0 0 29 2 SUN", "2087-01-01T00:00Z", 2, "Europe/Berlin");

        Assert.Equal(["2032-02-29 00:00", "2060-02-29 00:00", "2088-02-29 00:00", "2128-02-29 00:00"], leapSundays);
        Assert.Equal(["2088-02-28 23:00", "2128-02-28 23:00"], inBerlin);
    }

    [Fact]
    public void The_calendar_starts_with_1970_and_ends_before_2200()
    {
        Assert.Equal(["1970-01-01 00:00", "1970-01-01 01:00"], CronTimes.Next("0 * * * *", "0001-01-01T00:00Z", 2));
        Assert.Equal(["1970-01-01 00:00", "1970-01-01 01:00"], CronTimes.Next("0 * * * *", "0001-01-01T00:00Z", 2, "Europe/Berlin"));
        Assert.Equal(["2199-12-31 23:00", "none"], CronTimes.Next("0 * * * *", "2199-12-31T22:59Z", 2));
        Assert.Equal(["2199-12-31 23:00", "none"], CronTimes.Next("0 * * * *", "2199-12-31T22:59Z", 2, "Europe/Berlin"));
        Assert.Equal(["none"], CronTimes.Next("0 6 * * *", "2199-12-31T23:59Z", 1, "America/New_York"));
        Assert.Equal(["none"], CronTimes.Next("* * * * *", "9999-12-31T23:59Z", 1));
        Assert.Equal(["none"], CronTimes.Next("* * * * *", "9999-12-31T23:59Z", 1, "Pacific/Kiritimati"));
    }

    [Fact]
    public void It_keeps_its_text_and_how_days_combine()
    {
        Assert.Equal(" 0 6 * * * ", CronExpression.Parse(" 0 6 * * * ").ToString());
        Assert.Equal(DayMatch.Either, CronExpression.Parse("@daily", DayMatch.Either).DayMatch);
    }

    [Theory]
    [InlineData("0 6 * * *", true)]
    [InlineData("0,30 1,2 * * *", true)]
    [InlineData("* 0 6 * * *", true)]
    [InlineData("0 6 1-5 */2 *", true)]
    [InlineData("@daily", true)]
    [InlineData("* 6 * * *", false)]
    [InlineData("0-1 6 * * *", false)]
    [InlineData("0 6/2 * * *", false)]
    [InlineData("0 1,2-3 * * *", false)]
    [InlineData("@hourly", false)]
    public void Fixed_are_hours_and_minutes_without_star_step_or_range(string cron, bool isFixed) =>
        Assert.Equal(isFixed, CronExpression.Parse(cron).IsFixed);

    [Fact]
    public void Nothing_is_allocated()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        string[] texts = ["* * * * *", "0 6 * * *", "*/15 * * * * *", "0 0 29 2 *", "0 0 * * 5L", "30 2 * * *", "*/5 2 * 3 0L", "0 0 13 * 5"];
        CronExpression[] expressions = [.. texts.Select(text => CronExpression.Parse(text))];
        Walk(expressions, zone);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Walk(expressions, zone);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Walk(CronExpression[] expressions, TimeZoneInfo zone)
    {
        foreach (var expression in expressions)
        {
            var at = DateTimeOffset.UnixEpoch;
            for (int i = 0; i < 500; i++)
            {
                at = expression.NextAfter(at, zone) ?? DateTimeOffset.UnixEpoch;
                at = expression.NextAfter(at) ?? DateTimeOffset.UnixEpoch;
            }
        }
    }
}
