using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

public sealed class CrontabTimesTests
{
    [Theory]
    [InlineData("* * * * *", "* * * * *")]
    [InlineData("0\t0  1 \t1 0", "0 0 1 1 0")]
    [InlineData("  05 04 * * 7", "5 4 * * 0")]
    [InlineData("0,15,30-40/5 */2 1-7 jan,Feb mon-FRI", "0,15,30-40/5 */2 1-7 JAN,FEB MON-FRI")]
    [InlineData("*/90 */24 */40 */13 *", "0 0 */31 1 *")]
    [InlineData("0 0 * * */9", "0 0 * * */7")]
    [InlineData("0-9/30 0 * * 0-7/8", "0-9/10 0 * * 0-7/7")]
    [InlineData("0 0 * * 5-7", "0 0 * * 5-7")]
    [InlineData("@yearly", "0 0 1 1 *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("@monthly", "0 0 1 * *")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData("@daily", "0 0 * * *")]
    [InlineData("@Midnight", "0 0 * * *")]
    [InlineData("@HOURLY", "0 * * * *")]
    public void Times_of_a_crontab_become_five_fields(string times, string expected)
    {
        var entry = Crontab.ReadOne($"{times} run");

        Assert.Equal(new CronTrigger(expected, "UTC", DayMatch.Either), entry.Definition.Trigger);
        Assert.Equal(5, entry.Next.Length);
        Assert.Equal("run", entry.Command);
    }

    [Fact]
    public void Reboot_means_each_start_of_the_deployment()
    {
        var entry = Crontab.ReadOne("@Reboot run");

        Assert.IsType<StartTrigger>(entry.Definition.Trigger);
        Assert.Empty(entry.Next);
        Assert.Equal(["It runs at each start of the deployment, not of the machine.", "cron knows '@Reboot' in lower case only."], entry.Notes);
    }

    [Fact]
    public void Either_day_field_is_enough()
    {
        var entry = Crontab.ReadOne("0 0 13 * 5 run");

        Assert.Equal(["2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27", "2026-04-03"], entry.Next.Select(next => $"{next:yyyy-MM-dd}"));
        Assert.Equal(["It is due on days that fit the day of the month or the weekday, as cron decides it."], entry.Notes);
    }

    [Theory]
    [InlineData("? * * * * run", 1, "'?' is no crontab", "a minute from 0 to 59")]
    [InlineData("0 0 ? * 1 run", 5, "'?' is no crontab", "a day of the month from 1 to 31")]
    [InlineData("0 0 L * * run", 5, "'L' is no crontab: L, W and # belong to Quartz.", "a day of the month from 1 to 31")]
    [InlineData("0 0 15W * * run", 7, "'W' is no crontab", "',' or a blank behind the value")]
    [InlineData("0 0 * * 5L run", 10, "'L' is no crontab", "',' or a blank behind the value")]
    [InlineData("0 0 * * 5#2 run", 10, "'#2' is no crontab", "',' or a blank behind the value")]
    [InlineData("H * * * * run", 1, "'H' is no crontab: it belongs to Jenkins.", "a minute from 0 to 59")]
    [InlineData("H(0-9) * * * * run", 1, "'H' is no crontab", "a minute from 0 to 59")]
    [InlineData("0~30 * * * * run", 2, "'~' is a random value of cronie", "',' or a blank behind the value")]
    [InlineData("5/10 * * * * run", 2, "A step stands behind '*' or a range.", "',' or a blank behind the value")]
    [InlineData("*/0 * * * * run", 3, "A step of 0 never comes.", "a number of 1 or more")]
    [InlineData("*/ * * * * run", 3, "The end of the field is no step.", "a number of 1 or more")]
    [InlineData("*/x * * * * run", 3, "'x' is no step.", "a number of 1 or more")]
    [InlineData("60 * * * * run", 1, "60 is out of range.", "a minute from 0 to 59")]
    [InlineData("0 24 * * * run", 3, "24 is out of range.", "an hour from 0 to 23")]
    [InlineData("0 0 0 * * run", 5, "0 is out of range.", "a day of the month from 1 to 31")]
    [InlineData("0 0 * 13 * run", 7, "13 is out of range.", "a month from 1 to 12 or JAN to DEC")]
    [InlineData("0 0 * * 8 run", 9, "8 is out of range.", "a weekday from 0 to 7 or SUN to SAT")]
    [InlineData("99999999999 * * * * run", 1, "99999999999 is out of range.", "a minute from 0 to 59")]
    [InlineData("mon * * * * run", 1, "'mon' stands in the field of the minute, which has no names.", "a minute from 0 to 59")]
    [InlineData("0 0 * mon * run", 7, "'mon' is not understood in the field of the month.", "a month from 1 to 12 or JAN to DEC")]
    [InlineData("0 0 * * monday run", 9, "'monday' is not understood in the field of the weekday.", "a weekday from 0 to 7 or SUN to SAT")]
    [InlineData("0 22-2 * * * run", 6, "The range 22-2 ends before it begins.", "an hour from 0 to 23, not before 22")]
    [InlineData("0 0 * * fri-sun run", 13, "The range FRI-SUN ends before it begins.", "a weekday from 0 to 7 or SUN to SAT, not before FRI; write 7 for a Sunday at the end")]
    [InlineData("1,,2 * * * * run", 3, "',' is not understood in the field of the minute.", "a minute from 0 to 59")]
    [InlineData("1, * * * * run", 3, "The end of the field is not understood in the field of the minute.", "a minute from 0 to 59")]
    [InlineData("-*/5 * * * * run", 1, "A '-' before the minute only keeps cronie from logging the job; leave it out.", "a minute from 0 to 59")]
    [InlineData("*5 * * * * run", 2, "'5' is not understood in the field of the minute.", "',' or a blank behind the value")]
    [InlineData("@fortnightly run", 1, "'@fortnightly' is no macro that crontabs have in common.", "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly or @reboot")]
    [InlineData("@every_minute run", 1, "'@every_minute' is no macro that crontabs have in common.", "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly or @reboot")]
    [InlineData("0 0 12 * * 1 run", 12, "A sixth time field stands where the command should", "the user or the command")]
    [InlineData("0 30 9 * * MON-FRI run", 3, "30 is out of range.", "an hour from 0 to 23")]
    [InlineData("0 15 9 * * MON-FRI run", 12, "A sixth time field stands where the command should", "the user or the command")]
    [InlineData("* * * * * * run", 11, "A sixth time field stands where the command should", "the user or the command")]
    [InlineData("0 0 30 2 * run", 1, "No day ever fits these times, so cron would never run it.", "a day that exists in a chosen month")]
    [InlineData("0 0 * *", 8, "The line ends before its weekday.", "a weekday from 0 to 7 or SUN to SAT")]
    [InlineData("0 0 * * *", 10, "The line ends before its command.", "a command")]
    [InlineData("0 0 * * *   ", 13, "The line ends before its command.", "a command")]
    [InlineData("@daily", 7, "The line ends before its command.", "a command")]
    [InlineData("0 0 * * * %input", 11, "There is no command before the first '%'.", "a command")]
    [InlineData("run every day", 1, "'run' stands in the field of the minute, which has no names.", "a minute from 0 to 59")]
    public void What_no_crontab_holds_is_refused_with_its_place(string line, int column, string reason, string expected)
    {
        var refusal = Crontab.Refuse(line);

        Assert.Equal((1, column, line), (refusal.Line, refusal.Column, refusal.Text));
        Assert.StartsWith(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(expected, refusal.Expected);
    }

    [Fact]
    public void A_refused_line_does_not_stop_the_others()
    {
        var reading = Crontab.Read("0 0 * * * first", "0 0 L * * second", "", "  # 1 1 1 1 1 no job", "0 1 * * * third");

        Assert.Equal(["first", "third"], reading.Entries.Select(entry => entry.Command));
        Assert.Equal(2, Assert.Single(reading.Refusals).Line);
    }

    [Fact]
    public void A_line_that_cronie_would_not_read_is_refused()
    {
        var refusal = Crontab.Refuse("0 0 * * * " + new string('x', 991));
        var entry = Crontab.ReadOne("0 0 * * * " + new string('x', 990));

        Assert.Equal((1_001, 1_000), (refusal.Column, refusal.Text.Length));
        Assert.Equal("The line has 1001 characters, more than cronie reads.", refusal.Reason);
        Assert.Equal(990, entry.Command.Length);
    }
}
