using OrleansScheduler.Documents;
using Xunit;

namespace OrleansScheduler.Definitions.Tests.Crontabs;

public sealed class CrontabCommandTests
{
    [Theory]
    [InlineData(@"date +\%F", "date +%F", null)]
    [InlineData(@"date '+\%H:\%M'", "date '+%H:%M'", null)]
    [InlineData(@"a\\b\n\ c", @"a\\b\n\ c", null)]
    [InlineData("mail bob%Hello%there", "mail bob", "Hello\nthere\n")]
    [InlineData("cat%", "cat", "")]
    [InlineData("cat%a%", "cat", "a\n")]
    [InlineData(@"cat%100\% sure%\x", "cat", "100% sure\n\\x\n")]
    [InlineData(@"cat\\%in", @"cat\\", "in\n")]
    [InlineData(@"cat%\\%", "cat", "\\%\n")]
    [InlineData("a # b", "a # b", null)]
    [InlineData("a  ", "a  ", null)]
    public void A_percent_sign_is_treated_as_cron_does(string rest, string command, string? input)
    {
        var entry = Crontab.ReadOne($"0 0 * * * {rest}");

        Assert.Equal(command, entry.Command);
        Assert.Equal(command, entry.Payload()["command"]!.AsText());
        Assert.Equal(input, entry.Payload()["input"]?.AsText());
    }

    [Theory]
    [InlineData("a > b", true)]
    [InlineData("a 2>&1", true)]
    [InlineData("a < b", true)]
    [InlineData("a &>> b", true)]
    [InlineData("echo '>' \"<\" \\>", false)]
    [InlineData("a | b", false)]
    public void Redirections_stay_in_the_command_and_are_said(string command, bool isSaid)
    {
        var entry = Crontab.ReadOne($"0 0 * * * {command}");

        Assert.Equal(command, entry.Command);
        Assert.Equal(isSaid, entry.Notes.Any(note => note.StartsWith("Its redirections", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/usr/bin/backup --all /srv/data", "backup-data")]
    [InlineData("cd /srv && ./run.sh > /dev/null 2>&1", "run-sh")]
    [InlineData("$HOME/bin/x.py", "command")]
    [InlineData("ps aux | grep x", "ps-aux")]
    [InlineData("Überprüfen", "berpr-fen")]
    [InlineData("echo aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccc", "echo-aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Names_say_what_runs(string command, string slug) =>
        Assert.Matches($"^crontab-{slug}-[0-9a-f]{{6}}$", Crontab.ReadOne($"0 0 * * * {command}").Schedule);

    [Fact]
    public void The_hash_is_that_of_the_whole_payload()
    {
        var entry = Crontab.ReadOne("0 0 * * * run");

        Assert.Equal(entry.Payload().Hash.ToString(), entry.CommandHash);
        Assert.Equal(entry.CommandHash, entry.Definition.Labels!["command_hash"]);
        Assert.NotEqual(entry.CommandHash, Crontab.ReadOne("A=1", "0 0 * * * run").CommandHash);
        Assert.Equal(entry.CommandHash, Crontab.ReadOne("1 0 * * * run").CommandHash);
    }
}
