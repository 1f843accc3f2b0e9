using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class TriggerTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("0 0 L * ?")]
    [InlineData("@daily")]
    [InlineData("H H * * *")]
    [InlineData("H(0-29)/10 * * * *")]
    [InlineData("30 */2 6 * * *")]
    public void Cron_expressions_are_taken_as_they_are(string text) =>
        Assert.Equal(new CronTrigger(text, "Europe/Berlin", DayMatch.Either), TriggerText.Parse(text, "Europe/Berlin", DayMatch.Either, Now));

    [Fact]
    public void Phrases_are_translated()
    {
        Assert.Equal(new CronTrigger("30 9 * * MON-FRI", "Europe/Berlin"), Parse("every weekday at 09:30", "Europe/Berlin"));
        Assert.Equal(new CronTrigger("0 * * * *"), Parse("hourly"));
        Assert.Equal(new IntervalTrigger(TimeSpan.FromMinutes(5)), Parse("every 5m"));
        Assert.Equal(new OnceTrigger(Now.AddMinutes(20)), Parse("in 20 minutes"));
        Assert.Equal(new StartTrigger(), Parse(" @reboot "));
    }

    [Theory]
    [InlineData("61 * * * *", "cron_invalid", "0")]
    [InlineData("* * * *", "cron_invalid", "7")]
    [InlineData("every blue moon", "phrase_invalid", "6")]
    [InlineData("", "phrase_invalid", "0")]
    public void What_is_neither_is_refused_with_its_position(string text, string code, string position)
    {
        var fault = Assert.Throws<SchedulerException>(() => Parse(text));

        Assert.Equal((code, position), (fault.Code, fault.Details["position"]));
        Assert.NotEmpty(fault.Details["expected"]);
    }

    [Theory]
    [InlineData("Europe/Nowhere")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("Europe/Berlin\0")]
    public void A_zone_that_is_none_is_refused(string zone) =>
        Assert.Equal(ErrorCodes.ZoneUnknown, Assert.Throws<SchedulerException>(() => Parse("@daily", zone)).Code);

    private static Trigger Parse(string text, string zone = "UTC") => TriggerText.Parse(text, zone, DayMatch.Both, Now);
}
