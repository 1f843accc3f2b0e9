using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

public sealed class CrontabVariableTests
{
    [Theory]
    [InlineData("A=b", "A", "b")]
    [InlineData("  A = b c  ", "A", "b c")]
    [InlineData("A=\" b \"", "A", " b ")]
    [InlineData("A='b' ", "A", "b")]
    [InlineData("A=\"\"", "A", "")]
    [InlineData("\"A\"=b", "A", "b")]
    [InlineData("'A' = b", "A", "b")]
    [InlineData("A=b=c", "A", "b=c")]
    [InlineData("A=b # c", "A", "b # c")]
    [InlineData("A=b\"c\"", "A", "b\"c\"")]
    [InlineData("A=$HOME/$B", "A", "$HOME/$B")]
    [InlineData("A\t=\tb", "A", "b")]
    public void A_variable_reaches_the_commands_after_it(string line, string name, string value)
    {
        var reading = Crontab.Read("0 0 * * * before", line, "0 0 * * * after");

        var variable = Assert.Single(reading.Variables);
        Assert.Equal((name, value, 2), (variable.Name, variable.Value, variable.Line));
        Assert.Null(reading.Entries[0].Environment()[name]);
        Assert.Equal(value, reading.Entries[1].Environment()[name]!.AsText());
    }

    [Theory]
    [InlineData("a.b-c=1", "a.b-c")]
    [InlineData("'A B'=1", "A B")]
    [InlineData("É=1", "É")]
    [InlineData("ORLEANSSCHEDULER_RUN=1", "ORLEANSSCHEDULER_RUN")]
    public void A_name_that_the_process_handler_refuses_spoils_no_job(string line, string name)
    {
        var reading = Crontab.Read(line, "0 0 * * * x");

        Assert.StartsWith("It reaches no command", Assert.Single(reading.Variables).Effect, StringComparison.Ordinal);
        Assert.Null(Assert.Single(reading.Entries).Environment()[name]);
    }

    [Theory]
    [InlineData("A=", 3, "The variable A has no value.")]
    [InlineData("A=\"b", 3, "The quote around the value of A is not closed.")]
    [InlineData("A='b' c", 7, "Something follows the quoted value of A.")]
    public void A_faulty_variable_is_refused(string line, int column, string reason)
    {
        var refusal = Crontab.Refuse(line);

        Assert.Equal((column, reason), (refusal.Column, refusal.Reason));
    }

    [Fact]
    public void A_later_value_holds_from_its_line_on()
    {
        var reading = Crontab.Read("A=1", "0 0 * * * x", "A=2", "0 0 * * * y");

        Assert.Equal(["1", "2"], reading.Entries.Select(entry => entry.Environment()["A"]!.AsText()));
    }

    [Fact]
    public void Without_variables_commands_get_what_cron_gives_them()
    {
        var reading = CrontabReader.Read("0 0 * * * x\n", Crontab.Options with { Format = CrontabFormat.User, CurrentUser = "ann" });

        Assert.Equal(
            """{"clear_environment":true,"command":"x","environment":{"LOGNAME":"ann","PATH":"/usr/bin:/bin","SHELL":"/bin/sh","USER":"ann"},"shell":"/bin/sh"}""",
            Assert.Single(reading.Entries).Payload().ToString());
    }

    [Fact]
    public void Shell_path_and_home_have_their_effect()
    {
        var entry = Crontab.ReadOne("SHELL=/bin/zsh", "PATH=/opt", "HOME=/srv", "0 0 * * * x");

        Assert.Equal("/bin/zsh", entry.Payload()["shell"]!.AsText());
        Assert.Equal("/srv", entry.Payload()["working_directory"]!.AsText());
        Assert.Equal("""{"HOME":"/srv","PATH":"/opt","SHELL":"/bin/zsh"}""", entry.Environment().ToString());
    }

    [Fact]
    public void The_name_of_the_user_cannot_be_set()
    {
        var reading = CrontabReader.Read("LOGNAME=eve\nUSER=eve\n0 0 * * * x\n", Crontab.Options with { Format = CrontabFormat.User, CurrentUser = "ann" });

        Assert.All(reading.Variables, variable => Assert.StartsWith("It is ignored", variable.Effect, StringComparison.Ordinal));
        Assert.Equal("ann", reading.Entries[0].Environment()["LOGNAME"]!.AsText());
        Assert.Equal("ann", reading.Entries[0].Environment()["USER"]!.AsText());
    }

    [Theory]
    [InlineData("MAILTO=ann@example.org", "Nothing is mailed: what a command prints is kept in the log of its run.")]
    [InlineData("MAILTO=\"\"", "Nothing is mailed, as asked for. What a command prints is kept in the log of its run.")]
    [InlineData("PATH=$HOME/bin", "Commands of the lines after it are found along it. The '$' is kept as it is: values are not expanded.")]
    [InlineData("TZ=Europe/Berlin", "It only reaches the commands: times still count in UTC. CRON_TZ would move them.")]
    [InlineData("RANDOM_DELAY=45", "It only reaches the commands: no random delay is added. The jitter of a schedule does that.")]
    public void What_becomes_of_a_variable_is_said(string line, string effect) =>
        Assert.Equal(effect, Assert.Single(Crontab.Read(line).Variables).Effect);

    [Fact]
    public void A_zone_holds_for_the_lines_after_it()
    {
        var reading = Crontab.Read("0 9 * * * x", "CRON_TZ=America/New_York", "0 9 * * * y", "CRON_TZ=\"Europe/Berlin\"", "0 9 * * * z");

        Assert.Equal(["UTC", "America/New_York", "Europe/Berlin"], reading.Entries.Select(entry => ((CronTrigger)entry.Definition.Trigger).Zone));
        Assert.Equal(
            ["2026-03-03T09:00:00+00:00", "2026-03-02T09:00:00-05:00", "2026-03-03T09:00:00+01:00"], reading.Entries.Select(entry => $"{entry.Next[0]:yyyy-MM-ddTHH:mm:sszzz}"));
    }

    [Fact]
    public void An_unknown_zone_takes_the_jobs_after_it_along()
    {
        var reading = Crontab.Read("0 1 * * * w", "CRON_TZ=Europe/Nowhere", "0 2 * * * x", "A=1", "CRON_TZ=UTC", "0 3 * * * y");

        Assert.Equal(["w", "y"], reading.Entries.Select(entry => entry.Command));
        Assert.Equal([(2, 9), (3, 1)], reading.Refusals.Select(refusal => (refusal.Line, refusal.Column)));
        Assert.Equal("The CRON_TZ in line 2 names no zone, so nobody knows when this is due.", reading.Refusals[1].Reason);
    }
}
