using OrleansScheduler.Core.Timing;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

[Collection(CronTimes.ZoneCache)]
public sealed class CronZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00Z", "2026-03-29 01:00|2026-03-30 00:30")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08T00:00Z", "2026-03-08 07:00|2026-03-09 06:30")]
    [InlineData("Europe/Dublin", "30 1 * * *", "2026-03-28T12:00Z", "2026-03-29 01:00|2026-03-30 00:30")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T00:00Z", "2026-10-03 15:30|2026-10-04 15:15")]
    [InlineData("America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00Z", "2018-11-04 03:00|2018-11-05 02:00")]
    [InlineData("Africa/Cairo", "30 0 * * *", "2026-04-23T12:00Z", "2026-04-23 22:00|2026-04-24 21:30")]
    [InlineData("Pacific/Apia", "0 12 * * *", "2011-12-29T00:00Z", "2011-12-29 22:00|2011-12-30 10:00|2011-12-30 22:00")]
    public void A_fixed_time_in_the_gap_is_due_at_its_end(string zone, string cron, string after, string expected)
    {
        string[] times = expected.Split('|');

        Assert.Equal(times, CronTimes.Next(cron, after, times.Length, zone));
    }

    [Theory]
    [InlineData("Europe/Berlin", "*/30 * * * *", "2026-03-29T00:15Z", "2026-03-29 00:30|2026-03-29 01:00|2026-03-29 01:30")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-03-28T12:00Z", "2026-03-30 00:00|2026-03-30 00:30|2026-03-31 00:00")]
    [InlineData("Europe/Dublin", "*/20 1 * * *", "2026-03-28T12:00Z", "2026-03-30 00:00|2026-03-30 00:20")]
    [InlineData("Australia/Lord_Howe", "*/10 2 * * *", "2026-10-03T15:00Z", "2026-10-03 15:30|2026-10-03 15:40|2026-10-03 15:50|2026-10-04 15:00")]
    [InlineData("Pacific/Apia", "0 0-23/12 * * *", "2011-12-29T23:00Z", "2011-12-30 10:00|2011-12-30 22:00")]
    public void A_repeating_time_skips_the_gap(string zone, string cron, string after, string expected)
    {
        string[] times = expected.Split('|');

        Assert.Equal(times, CronTimes.Next(cron, after, times.Length, zone));
    }

    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00Z", "2026-10-25 00:30|2026-10-26 01:30")]
    [InlineData("Europe/Dublin", "30 1 * * *", "2026-10-24T12:00Z", "2026-10-25 00:30|2026-10-26 01:30")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00Z", "2026-04-04 14:45|2026-04-05 15:15")]
    [InlineData("America/Sao_Paulo", "30 23 * * *", "2018-02-17T12:00Z", "2018-02-18 01:30|2018-02-19 02:30")]
    [InlineData("Europe/Berlin", "0,30 1,2,3 * * *", "2026-10-25T00:15Z", "2026-10-25 00:30|2026-10-25 02:00|2026-10-25 02:30")]
    public void A_fixed_time_that_repeats_is_due_the_first_time(string zone, string cron, string after, string expected)
    {
        string[] times = expected.Split('|');

        Assert.Equal(times, CronTimes.Next(cron, after, times.Length, zone));
    }

    [Theory]
    [InlineData("Europe/Berlin", "*/30 2 * * *", "2026-10-24T12:00Z", "2026-10-25 00:00|2026-10-25 00:30|2026-10-25 01:00|2026-10-25 01:30|2026-10-26 01:00")]
    [InlineData("Australia/Lord_Howe", "*/15 1-2 5 4 *", "2026-04-04T14:40Z", "2026-04-04 14:45|2026-04-04 15:00|2026-04-04 15:15|2026-04-04 15:30")]
    [InlineData("Europe/Dublin", "0 * * * *", "2026-10-24T23:30Z", "2026-10-25 00:00|2026-10-25 01:00|2026-10-25 02:00")]
    public void A_repeating_time_is_due_in_both_passes(string zone, string cron, string after, string expected)
    {
        string[] times = expected.Split('|');

        Assert.Equal(times, CronTimes.Next(cron, after, times.Length, zone));
    }

    [Fact]
    public void Fixed_times_that_share_a_gap_are_due_once()
    {
        var times = CronTimes.Next("0,15,30,45 2,3 * * *", "2026-03-29T00:00Z", 3, "Europe/Berlin");

        Assert.Equal(["2026-03-29 01:00", "2026-03-29 01:15", "2026-03-29 01:30"], times);
    }

    [Fact]
    public void A_start_within_the_second_pass_skips_what_the_first_one_had()
    {
        Assert.Equal(["2026-10-26 01:30"], CronTimes.Next("30 2 * * *", "2026-10-25T01:10Z", 1, "Europe/Berlin"));
        Assert.Equal(["2026-10-26 01:30"], CronTimes.Next("30 2 * * *", "2026-10-25T00:30Z", 1, "Europe/Berlin"));
    }

    [Fact]
    public void What_only_ever_falls_into_gaps_is_never_due() =>
        Assert.Equal(["none"], CronTimes.Next("*/5 2 * 3 0L", "2026-01-01T00:00Z", 1, "Europe/Berlin"));

    [Fact]
    public void Far_answers_pass_many_changes_of_the_offset()
    {
        Assert.Equal(["2028-02-29 05:00", "2032-02-29 05:00"], CronTimes.Next("0 0 29 2 *", "2026-01-01T00:00Z", 2, "America/New_York"));
        Assert.Equal(["2028-02-29 05:00", "2028-02-29 05:30"], CronTimes.Next("*/30 0 29 2 *", "2026-01-01T00:00Z", 2, "America/New_York"));
    }

    [Fact]
    public void A_zone_of_the_caller_with_a_known_name_keeps_its_own_rules()
    {
        var east = TimeZoneInfo.CreateCustomTimeZone("Custom", TimeSpan.FromHours(3), null, null);
        var west = TimeZoneInfo.CreateCustomTimeZone("Custom", TimeSpan.FromHours(-3), null, null);
        var expression = CronExpression.Parse("0 12 * * *");

        Assert.Equal(CronTimes.Instant("2026-01-01T09:00Z"), expression.NextAfter(CronTimes.Instant("2026-01-01T00:00Z"), east));
        Assert.Equal(CronTimes.Instant("2026-01-01T15:00Z"), expression.NextAfter(CronTimes.Instant("2026-01-01T00:00Z"), west));
    }

    [Fact]
    public void More_zones_than_the_cache_keeps_are_answered_all_the_same()
    {
        var expression = CronExpression.Parse("0 12 * * *");
        for (int i = 0; i <= ZoneRulesCache.ZonesMax; i++)
        {
            var zone = TimeZoneInfo.CreateCustomTimeZone($"Custom {i}", TimeSpan.FromMinutes(i % 600), null, null);

            var next = expression.NextAfter(CronTimes.Instant("2026-01-01T00:00Z"), zone);

            Assert.Equal(CronTimes.Instant("2026-01-01T12:00Z").AddMinutes(-(i % 600)), next);
        }
    }
}
