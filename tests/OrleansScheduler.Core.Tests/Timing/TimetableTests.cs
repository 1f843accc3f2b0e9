using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class TimetableTests
{
    private static readonly ScheduleId Id = ScheduleId.Of("owner", "nightly");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_cron_trigger_is_due_by_the_clocks_of_its_zone()
    {
        Timetable timetable = Of(Define(new CronTrigger("30 6 * * *", "Europe/Berlin")));

        Assert.Equal(["2026-03-02T05:30:00Z", "2026-03-03T05:30:00Z"], Texts(timetable, Now, 2));
        Assert.Equal(["2026-03-29T04:30:00Z"], Texts(timetable, At("2026-03-28T12:00:00Z"), 1));
    }

    [Fact]
    public void One_instant_comes_once()
    {
        Timetable timetable = Of(Define(new OnceTrigger(At("2026-03-01T14:00:00+02:00").AddTicks(7))));

        Assert.Equal(At("2026-03-01T12:00:00Z").AddTicks(7), timetable.NextAfter(Now));
        Assert.Null(timetable.NextAfter(Now.AddTicks(7)));
        Assert.Equal("Once, at 2026-03-01T12:00:00.0000007Z", timetable.Description);
    }

    [Fact]
    public void A_start_cannot_be_told_ahead()
    {
        Timetable timetable = Of(Define(new StartTrigger()));

        Assert.Null(timetable.NextAfter(Now));
        Assert.Equal("At each start of the deployment", timetable.Description);
    }

    [Fact]
    public void The_start_is_in_and_the_end_is_out()
    {
        Timetable timetable = Of(Define(new CronTrigger("0 * * * *")) with
        {
            StartAt = At("2026-03-01T15:00:00Z"), EndAt = At("2026-03-01T18:00:00Z"),
        });

        Assert.Equal(["2026-03-01T15:00:00Z", "2026-03-01T16:00:00Z", "2026-03-01T17:00:00Z"], Texts(timetable, Now, 10));
    }

    [Fact]
    public void Excluded_dates_are_those_of_the_zone()
    {
        Timetable timetable = Of(Define(new CronTrigger("0 */6 * * *", "Asia/Tokyo")) with { ExcludedDates = [new DateOnly(2026, 3, 2)] });

        // The second of March lasts from 15:00Z on the first to 15:00Z on the second there.
        Assert.Equal(["2026-03-02T15:00:00Z", "2026-03-02T21:00:00Z"], Texts(timetable, Now, 2));
    }

    [Fact]
    public void A_run_of_excluded_dates_is_left_out_whole_even_for_the_shortest_period()
    {
        DateOnly first = DateOnly.FromDateTime(Now.UtcDateTime);
        Timetable timetable = Of(Define(new IntervalTrigger(TimeSpan.FromMilliseconds(10), Now)) with
        {
            ExcludedDates = [.. Enumerable.Range(0, 1_000).Select(first.AddDays)],
        });

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(1_000), timetable.NextAfter(Now));
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2017-10-15")]
    [InlineData("Europe/Dublin", "2026-03-29")]
    [InlineData("Australia/Lord_Howe", "2026-04-05")]
    [InlineData("Africa/Cairo", "2026-04-24")]
    [InlineData("Asia/Beirut", "2026-03-29")]
    public void An_excluded_date_takes_exactly_its_own_instants_around_a_change_of_the_clocks(string zone, string date)
    {
        var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var excluded = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset from = new(excluded.AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        ScheduleDefinition every = Define(new CronTrigger("*/10 * * * *", zone));

        var all = Of(every).Next(from, 600);
        var kept = Of(every with { ExcludedDates = [excluded] }).Next(from, 400);

        var expected = all.Where(instant => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, found).DateTime) != excluded).Take(400);
        Assert.Equal(expected, kept);
    }

    [Fact]
    public void The_words_tell_everything_that_bounds_it()
    {
        Timetable timetable = Of(Define(new CronTrigger("30 6 * * 1-5", "Europe/Berlin")) with
        {
            StartAt = At("2026-04-01T00:00:00Z"), EndAt = At("2026-05-01T00:00:00Z"), MaxFirings = 3, Jitter = TimeSpan.FromMinutes(5),
            ExcludedDates = [new DateOnly(2026, 4, 3), new DateOnly(2026, 4, 6)],
        });

        Assert.Equal(
            "At 06:30, on Monday to Friday (Europe/Berlin), from 2026-04-01T00:00:00Z, before 2026-05-01T00:00:00Z, except on 2 dates, at most 3 times, later by up to 5m",
            timetable.Description);
    }

    [Theory]
    [InlineData("overlap", "policy_unsupported")]
    [InlineData("missed", "policy_unsupported")]
    [InlineData("jitter", "request_invalid")]
    [InlineData("tolerance", "request_invalid")]
    [InlineData("max_firings", "request_invalid")]
    [InlineData("end_at", "request_invalid")]
    [InlineData("trigger.period", "request_invalid")]
    [InlineData("trigger.zone", "zone_unknown")]
    [InlineData("excluded_dates", "request_invalid")]
    [InlineData("labels", "request_invalid")]
    [InlineData("group", "request_invalid")]
    public void What_is_out_of_range_or_unsupported_is_named(string field, string code)
    {
        ScheduleDefinition good = Define(new IntervalTrigger(TimeSpan.FromMinutes(1)));
        ScheduleDefinition bad = field switch
        {
            "overlap" => good with { Overlap = OverlapPolicy.QueueOne },
            "missed" => good with { Missed = MissedPolicy.Stasis },
            "jitter" => good with { Jitter = TimeSpan.FromDays(2) },
            "tolerance" => good with { Tolerance = TimeSpan.Zero },
            "max_firings" => good with { MaxFirings = 0 },
            "end_at" => good with { StartAt = Now, EndAt = Now },
            "trigger.period" => good with { Trigger = new IntervalTrigger(TimeSpan.Zero) },
            "trigger.zone" => good with { Trigger = new CronTrigger("* * * * *", "../../etc/passwd") },
            "excluded_dates" => good with { ExcludedDates = [.. Enumerable.Range(0, 1_001).Select(DateOnly.MinValue.AddDays)] },
            "labels" => good with { Labels = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("", "x") },
            _ => good with { Group = "" },
        };

        var fault = Assert.Throws<SchedulerException>(() => Of(bad));

        Assert.Equal((code, field), (fault.Code, fault.Details["field"]));
    }

    [Fact]
    public void A_bad_expression_keeps_its_position()
    {
        var fault = Assert.Throws<SchedulerException>(() => Of(Define(new CronTrigger("61 * * * *"))));

        Assert.Equal((ErrorCodes.CronInvalid, "0"), (fault.Code, fault.Details["position"]));
    }

    private static ScheduleDefinition Define(Trigger trigger) => new(trigger, new HandlerTarget("work"));

    private static Timetable Of(ScheduleDefinition definition) => Timetable.Of(definition, Id, Now);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(Timetable timetable, DateTimeOffset after, int count) =>
        timetable.Next(after, count).Select(instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
}
