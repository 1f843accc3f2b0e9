using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class PhraseParserTests
{
    // Thursday, noon in Greenwich and one hour later in Berlin.
    private static readonly DateTimeOffset Now = CronTimes.Instant("2026-01-15T12:00Z");

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("every 5m", "00:05:00")]
    [InlineData("EVERY  5  M", "00:05:00")]
    [InlineData("every 90 seconds", "00:01:30")]
    [InlineData("every second", "00:00:01")]
    [InlineData("every minute", "00:01:00")]
    [InlineData("every hour", "01:00:00")]
    [InlineData("every 250 ms", "00:00:00.25")]
    [InlineData("every 1h30m", "01:30:00")]
    [InlineData("every 1 hour and 30 minutes", "01:30:00")]
    [InlineData("every 1 day, 6 hrs", "1.06:00:00")]
    [InlineData("every 2 weeks", "14.00:00:00")]
    [InlineData("every 366 days", "366.00:00:00")]
    public void Lengths_become_intervals(string text, string expected) =>
        Assert.Equal(new PhraseMeaning.Interval(TimeSpan.Parse(expected, CultureInfo.InvariantCulture)), PhraseParser.Parse(text, Now, Berlin));

    [Theory]
    [InlineData("hourly", "0 * * * *")]
    [InlineData("daily", "0 0 * * *")]
    [InlineData("daily at 6", "0 6 * * *")]
    [InlineData("daily at 9 and 17", "0 9,17 * * *")]
    [InlineData("daily at 12am", "0 0 * * *")]
    [InlineData("daily at 12:15 pm", "15 12 * * *")]
    [InlineData("daily at noon", "0 12 * * *")]
    [InlineData("daily at midnight", "0 0 * * *")]
    [InlineData("every day at 18:30", "30 18 * * *")]
    [InlineData("every weekday at 09:30", "30 9 * * MON-FRI")]
    [InlineData("every weekend", "0 0 * * SAT,SUN")]
    [InlineData("every monday and thursday at 7pm", "0 19 * * MON,THU")]
    [InlineData("every Mon, Wed, and Fri at 9", "0 9 * * MON,WED,FRI")]
    [InlineData("every friday to monday at 9", "0 9 * * FRI-MON")]
    [InlineData("weekly", "0 0 * * SUN")]
    [InlineData("weekly on sunday at 3", "0 3 * * SUN")]
    [InlineData("every week on tue at 3", "0 3 * * TUE")]
    [InlineData("monthly", "0 0 1 * *")]
    [InlineData("monthly at 5", "0 5 1 * *")]
    [InlineData("monthly on the 1st at 04:00", "0 4 1 * *")]
    [InlineData("every month on the 1st and the 15th at noon", "0 12 1,15 * *")]
    [InlineData("on the 22nd day of each month", "0 0 22 * *")]
    [InlineData("on the last day of the month at 23:00", "0 23 L * *")]
    [InlineData("on the last working day of the month", "0 0 LW * *")]
    [InlineData("monthly on the last weekday at 5pm", "0 17 LW * *")]
    [InlineData("on the second tuesday of every month at 8am", "0 8 * * TUE#2")]
    [InlineData("monthly on the 1st monday and last friday", "0 0 * * MON#1,FRIL")]
    [InlineData("yearly", "0 0 1 1 *")]
    [InlineData("every year at 6", "0 6 1 1 *")]
    public void Days_become_cron_expressions(string text, string expected)
    {
        var meaning = PhraseParser.Parse(text, Now, Berlin);

        var cron = Assert.IsType<PhraseMeaning.Cron>(meaning);
        Assert.Equal(expected, cron.Expression);
        Assert.NotNull(CronExpression.Parse(cron.Expression).NextAfter(Now, Berlin));
    }

    [Theory]
    [InlineData("in 20 minutes", "2026-01-15T12:20Z")]
    [InlineData("in 1 week and 2 days", "2026-01-24T12:00Z")]
    [InlineData("at 2026-12-24T18:00", "2026-12-24T17:00Z")]
    [InlineData("at 2026-12-24t18:00:30", "2026-12-24T17:00:30Z")]
    [InlineData("at 2026-12-24T18:00z", "2026-12-24T18:00Z")]
    [InlineData("at 2026-12-24T18:00+05:30", "2026-12-24T12:30Z")]
    [InlineData("at 2026-12-24 18:00", "2026-12-24T17:00Z")]
    [InlineData("at 2026-12-24 at 6pm", "2026-12-24T17:00Z")]
    [InlineData("at 2026-03-29T02:30", "2026-03-29T01:00Z")]
    [InlineData("at 2026-10-25T02:30", "2026-10-25T00:30Z")]
    [InlineData("today at 13:01", "2026-01-15T12:01Z")]
    [InlineData("tomorrow at 8", "2026-01-16T07:00Z")]
    public void Instants_are_those_of_the_zone(string text, string expected)
    {
        var once = Assert.IsType<PhraseMeaning.Once>(PhraseParser.Parse(text, Now, Berlin));

        Assert.Equal(CronTimes.Instant(expected), once.At);
        Assert.Equal(TimeSpan.Zero, once.At.Offset);
    }

    [Fact]
    public void Tomorrow_begins_when_it_does_in_the_zone()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

        var meaning = PhraseParser.Parse("tomorrow at 8", CronTimes.Instant("2026-01-15T12:00Z"), zone);

        Assert.Equal(new PhraseMeaning.Once(CronTimes.Instant("2026-01-16T19:00Z")), meaning);
    }

    [Theory]
    [InlineData("", 0, "'every'")]
    [InlineData("soon", 0, "'tomorrow'")]
    [InlineData("every", 5, "a length")]
    [InlineData("every banana", 6, "a weekday")]
    [InlineData("every 5", 7, "a unit")]
    [InlineData("every 5 bananas", 8, "a unit")]
    [InlineData("every 1.5 hours", 7, "a unit")]
    [InlineData("every 0 s", 6, "from 10 ms to 366 days")]
    [InlineData("every 9 ms", 6, "from 10 ms to 366 days")]
    [InlineData("every 367 days", 6, "from 10 ms to 366 days")]
    [InlineData("every 366 days and 1 second", 6, "from 10 ms to 366 days")]
    [InlineData("every 999999999 weeks", 6, "from 10 ms to 366 days")]
    [InlineData("every 1000000000 s", 6, "at most 9 digits")]
    [InlineData("every 5m and", 12, "a whole number")]
    [InlineData("every 5m at 6", 9, "the end")]
    [InlineData("every monday to", 15, "a weekday")]
    [InlineData("daily 6", 6, "the end")]
    [InlineData("daily at", 8, "a time such as")]
    [InlineData("daily at 24", 9, "a time such as")]
    [InlineData("daily at 6:5", 11, "a minute from 00 to 59")]
    [InlineData("daily at 6:60", 11, "a minute from 00 to 59")]
    [InlineData("daily at 13pm", 9, "an hour from 1 to 12")]
    [InlineData("daily at 0am", 9, "an hour from 1 to 12")]
    [InlineData("daily at 9 and 17:30", 15, "the same minute")]
    [InlineData("weekly on foo", 10, "a weekday")]
    [InlineData("monthly on 1st", 11, "'the'")]
    [InlineData("monthly on the 32nd", 15, "'last day'")]
    [InlineData("monthly on the 6th monday", 15, "the first to the fifth")]
    [InlineData("monthly on the 1st and last friday", 23, "the same kind")]
    [InlineData("monthly on the last working hour", 28, "'day'")]
    [InlineData("on the 1st at 4", 11, "'of'")]
    [InlineData("on the 1st of may", 14, "'the month'")]
    [InlineData("in five minutes", 3, "a whole number")]
    [InlineData("in 367 days", 3, "366 days")]
    [InlineData("at 6", 3, "a date and time")]
    [InlineData("at 2026-13-01T00:00", 3, "a date and time")]
    [InlineData("at 2026-12-24", 13, "a time such as")]
    [InlineData("at 2026-01-15T13:00", 3, "yet to come")]
    [InlineData("at 2020-01-01T00:00Z", 3, "yet to come")]
    [InlineData("at 2200-01-02T00:00", 3, "up to the year 2199")]
    [InlineData("at 9000-01-02T00:00Z", 3, "up to the year 2199")]
    [InlineData("today at 13:00", 9, "yet to come")]
    [InlineData("tomorrow", 8, "'at'")]
    [InlineData("daily at 6 é", 11, "ASCII")]
    public void What_is_not_understood_is_refused_where_it_stands(string text, int position, string expected)
    {
        var fault = Assert.Throws<SchedulerException>(() => PhraseParser.Parse(text, Now, Berlin));

        Assert.Equal(ErrorCodes.PhraseInvalid, fault.Code);
        Assert.Equal(position.ToString(CultureInfo.InvariantCulture), fault.Details["position"]);
        Assert.Contains(expected, fault.Details["expected"], StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_refused()
    {
        var fault = Assert.Throws<SchedulerException>(() => PhraseParser.Parse(new string('a', PhraseParser.CharsMax + 1), Now, Berlin));

        Assert.Equal("200", fault.Details["position"]);
    }
}
