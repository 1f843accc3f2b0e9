using OrleansScheduler.Definitions.Crontabs;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

public sealed class CrontabReaderTests
{
    [Fact]
    public void A_job_becomes_a_schedule_that_waits_for_an_administrator()
    {
        var entry = Crontab.ReadOne("", " 0 0 * * *\trun");

        var definition = entry.Definition;
        Assert.Equal(("process", null), (definition.Target.Handler, definition.Target.Space));
        Assert.Equal((OverlapPolicy.Allow, MissedPolicy.Skip), (definition.Overlap, definition.Missed));
        Assert.Equal("waits for an administrator to allow its command", definition.InitialPause);
        Assert.Equal(" 0 0 * * *\trun", definition.Description);
        Assert.Equal([new("command_hash", entry.CommandHash), new("crontab", "crontab"), new("line", "2")], definition.Labels!);
        Assert.Equal((2, " 0 0 * * *\trun", "At 00:00, every day (UTC)", "UTC"), (entry.Line, entry.Text, entry.Description, entry.Zone));
    }

    [Fact]
    public void Names_depend_on_what_runs_when_and_as_whom_alone()
    {
        string name = Crontab.ReadOne("0 0 * * * run").Schedule;

        Assert.Equal(name, Crontab.ReadOne("# moved", "", "0\t0 *  * *   run").Schedule);
        Assert.NotEqual(name, Crontab.ReadOne("1 0 * * * run").Schedule);
        Assert.NotEqual(name, Crontab.ReadOne("0 0 * * * run it").Schedule);
        Assert.NotEqual(name, Crontab.ReadOne("A=1", "0 0 * * * run").Schedule);
    }

    [Fact]
    public void Equal_lines_get_numbers()
    {
        var reading = Crontab.Read("0 0 * * * run", "0 0 * * * run", "0 0 * * * run");

        string name = reading.Entries[0].Schedule;
        Assert.Equal([name, $"{name}-2", $"{name}-3"], reading.Entries.Select(entry => entry.Schedule));
    }

    [Fact]
    public void More_equal_lines_than_jobs_may_be_are_read_up_to_the_limit()
    {
        var options = Crontab.Options with { Format = CrontabFormat.User };
        string text = string.Concat(Enumerable.Repeat("@reboot x\n", CrontabReader.CharsMax / 10));

        var reading = CrontabReader.Read(text, options);

        Assert.EndsWith($"-{CrontabReader.JobsMax}", reading.Entries[^1].Schedule, StringComparison.Ordinal);
        var refusal = Assert.Single(reading.Refusals);
        Assert.Equal(CrontabReader.JobsMax + 1, refusal.Line);
        Assert.StartsWith("This line and all after it are left out", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_may_run_for_longer_than_the_default_of_schedules() =>
        Assert.Equal(TimeSpan.FromDays(7), Crontab.ReadOne("0 0 * * * backup").Definition.MaxRunDuration);

    [Fact]
    public void The_longest_names_are_still_names()
    {
        var options = Crontab.Options with { Name = new string('n', CrontabOptions.NameCharsMax), Format = CrontabFormat.User };
        string line = "0 0 * * * " + new string('c', 60) + "\n";

        var reading = CrontabReader.Read(line + line, options);

        Assert.All(reading.ToDefinitionFile().Schedules, schedule => Assert.InRange(schedule.Schedule.Name.Length, 80, 100));
    }

    [Fact]
    public void A_system_crontab_names_the_user_of_each_job()
    {
        var reading = CrontabReader.Read("0 0 * * * www-data run it\n@daily root x\n", Crontab.Options with { Format = CrontabFormat.System, CurrentUser = "ann" });

        Assert.Equal([("www-data", "run it"), ("root", "x")], reading.Entries.Select(entry => (entry.User, entry.Command)));
        Assert.Equal("www-data", reading.Entries[0].Payload()["user"]!.AsText());
        Assert.Equal("www-data", reading.Entries[0].Environment()["LOGNAME"]!.AsText());
    }

    [Theory]
    [InlineData("0 0 * * *", 10, "The line ends before its user.")]
    [InlineData("0 0 * * * root", 15, "The line ends before its command.")]
    [InlineData("0 0 * * * root  ", 17, "The line ends before its command.")]
    [InlineData("0 0 * * * /bin/run it", 11, "'/bin/run' is not the name of a user.")]
    [InlineData("0 0 * * * * root run", 11, "A sixth time field stands where the command should: crontabs have no seconds and no years.")]
    public void A_system_crontab_without_a_user_is_refused(string line, int column, string reason)
    {
        var refusal = Assert.Single(CrontabReader.Read(line + "\n", Crontab.Options with { Format = CrontabFormat.System }).Refusals);

        Assert.Equal((column, reason), (refusal.Column, refusal.Reason));
    }

    [Theory]
    [InlineData("17 * * * * root cd / && run-parts /etc/cron.hourly", CrontabFormat.System, "In line 1 the user 'root' follows the times, and every job has a word there that can be a user.")]
    [InlineData("17 * * * * root x\n18 * * * * /bin/y z", CrontabFormat.User, "Line 2 settles it: its word '/bin/y' behind the times cannot be the name of a user.")]
    [InlineData("17 * * * * backup.sh", CrontabFormat.User, "Line 1 settles it: its word 'backup.sh' behind the times is the last one, and a user needs a command behind it.")]
    [InlineData("17 * * * * git pull", CrontabFormat.User, "No job has a known user behind the times.")]
    [InlineData("17 * * * * ann pull", CrontabFormat.System, "In line 1 the user 'ann' follows the times, and every job has a word there that can be a user.")]
    [InlineData("# m h dom mon dow user\tcommand\n17 * * * * git pull", CrontabFormat.System, "The heading in line 1 has a column 'user' behind the times.")]
    [InlineData("# m h  dom mon dow   command\n17 * * * * root pull", CrontabFormat.User, "The heading in line 1 has the command directly behind the times.")]
    [InlineData("17 * * * * root\n18 * * * * root x", CrontabFormat.System, "In line 1 the user 'root' follows the times, and every job has a word there that can be a user.")]
    [InlineData("# nothing", CrontabFormat.User, "There is no job that could show a user.")]
    public void The_format_is_decided_by_evidence(string text, CrontabFormat format, string reason)
    {
        var reading = CrontabReader.Read(text + "\n", Crontab.Options with { CurrentUser = "ann" });

        Assert.Equal((format, reason), (reading.Format, reading.FormatReason));
    }

    [Fact]
    public void Line_ends_of_Windows_are_no_part_of_commands()
    {
        var reading = CrontabReader.Read("\uFEFFA=1\r\n0 0 * * * run\r\n", Crontab.Options);

        Assert.Equal("run", Assert.Single(reading.Entries).Command);
        Assert.Equal("1", Assert.Single(reading.Variables).Value);
        Assert.StartsWith("Lines end as on Windows.", reading.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_line_without_an_end_is_read_and_said()
    {
        var reading = CrontabReader.Read("0 0 * * * run", Crontab.Options);

        Assert.Single(reading.Entries);
        Assert.StartsWith("The last line has no line end.", reading.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_holds_nothing()
    {
        var reading = CrontabReader.Read("", Crontab.Options);

        Assert.Empty(reading.Entries);
        Assert.Empty(reading.Refusals);
        Assert.Empty(reading.Notes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData('\r')]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    public void A_character_that_no_text_has_is_refused(int character) =>
        Assert.Equal(12, Crontab.Refuse($"0 0 * * * a{(char)character}b").Column);

    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CrontabReader.Read("", Crontab.Options with { Zone = "Nowhere" }));
        Assert.Throws<ArgumentException>(() => CrontabReader.Read("", Crontab.Options with { Zone = "../etc/passwd" }));
        Assert.Throws<ArgumentException>(() => CrontabReader.Read("", Crontab.Options with { Name = "a/b" }));
        Assert.Throws<ArgumentException>(() => CrontabReader.Read("", Crontab.Options with { Name = new string('n', 41) }));
        Assert.Throws<ArgumentException>(() => CrontabReader.Read("", Crontab.Options with { CurrentUser = "a b" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrontabReader.Read(new string(' ', CrontabReader.CharsMax + 1), Crontab.Options));
    }

    [Fact]
    public void The_schedules_of_a_reading_are_a_set_of_definitions()
    {
        var reading = Crontab.Read("0 0 * * * run", "bad", "0 1 * * * other");

        var file = reading.ToDefinitionFile();

        Assert.Equal("acme/crontab", file.Set);
        Assert.Equal(reading.Entries.Select(entry => (entry.Schedule, entry.Line)), file.Schedules.Select(schedule => (schedule.Schedule.Name, schedule.Place.Line)));
    }
}
