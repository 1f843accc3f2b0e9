using System.Text.Json;
using OrleansScheduler.Cli.Fakes;

namespace OrleansScheduler.Cli;

public sealed class NextCommandTests
{
    [Fact]
    public async Task A_phrase_is_shown_with_its_trigger_its_words_and_the_clocks_of_its_zone()
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync("next", "every weekday at 09:30", "--zone", "Europe/Berlin", "--from", "2026-03-27", "--count", "2");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            trigger  cron 30 9 * * MON-FRI (Europe/Berlin)
            when     At 09:30, on Monday to Friday (Europe/Berlin)
            next
              Fri 2026-03-27 09:30:00 +01:00   2026-03-27 08:30:00Z
              Mon 2026-03-30 09:30:00 +02:00   2026-03-30 07:30:00Z

            """,
            cli.Output);
        Assert.Empty(cli.Errors);
        Assert.Empty(cli.Server.Requests);
    }

    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T01:00:00+00:00")]
    [InlineData("30 1 * * *", "Europe/London", "2026-10-24T12:00Z", "2026-10-25T00:30:00+00:00")]
    [InlineData("0 0 * * *", "Australia/Lord_Howe", "2026-01-05T00:00Z", "2026-01-05T13:00:00+00:00")]
    [InlineData("@hourly", "UTC", "2026-01-05T00:00Z", "2026-01-05T01:00:00+00:00")]
    [InlineData("every 90s", "UTC", "2026-01-05T00:00Z", "2026-01-05T00:01:30+00:00")]
    [InlineData("tomorrow at 8", "America/New_York", "2026-01-05T12:00Z", "2026-01-06T13:00:00+00:00")]
    [InlineData("in 20 minutes", "UTC", "2026-01-05T00:00Z", "2026-01-05T00:20:00+00:00")]
    public async Task The_first_instant_is_right(string when, string zone, string from, string expected)
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync("next", when, "--zone", zone, "--from", from, "--count", "1", "--json");

        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(cli.Output);
        Assert.Equal(expected, json.RootElement.GetProperty("next")[0].GetString());
    }

    [Fact]
    public async Task Without_an_instant_it_counts_from_now()
    {
        var cli = new CliRun();

        await cli.RunAsync("next", "0 12 * * *", "--count", "1");

        Assert.Contains("Mon 2026-01-05 12:00:00 +00:00", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_fields_combine_as_was_asked()
    {
        var (both, either) = (new CliRun(), new CliRun());

        await both.RunAsync("next", "0 0 13 * FRI", "--count", "1");
        await either.RunAsync("next", "0 0 13 * FRI", "--count", "1", "--day-match", "either");

        Assert.Contains("2026-02-13 00:00:00Z", both.Output, StringComparison.Ordinal);
        Assert.Contains("2026-01-09 00:00:00Z", either.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hashed_value_follows_from_the_name()
    {
        var (one, same, other) = (new CliRun(), new CliRun(), new CliRun());

        await one.RunAsync("next", "H H * * *", "--name", "backup");
        await same.RunAsync("next", "H H * * *", "--name", "backup");
        await other.RunAsync("next", "H H * * *", "--name", "restore");

        Assert.Equal(one.Output, same.Output);
        Assert.NotEqual(one.Output, other.Output);
    }

    [Fact]
    public async Task A_start_has_no_instants()
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync("next", "@reboot");

        Assert.Equal(0, exit);
        Assert.Contains("never, or at a start", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 25 * * *", "cron_invalid", "  0 25 * * *\n    ^\n")]
    [InlineData("every blue moon", "phrase_invalid", "  every blue moon\n        ^\n")]
    public async Task What_is_wrong_is_pointed_at(string when, string code, string pointer)
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync("next", when);

        Assert.Equal(5, exit);
        Assert.Empty(cli.Output);
        Assert.StartsWith($"error: {code}: ", cli.Errors, StringComparison.Ordinal);
        Assert.EndsWith(pointer, cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "next", "0 0 30 2 *")]
    [InlineData(5, "next", "* * * * *", "--zone", "Mars/Olympus")]
    [InlineData(2, "next", "* * * * *", "--count", "0")]
    [InlineData(2, "next", "* * * * *", "--count", "1001")]
    [InlineData(2, "next", "* * * * *", "--from", "yesterday")]
    [InlineData(2, "next", "* * * * *", "--day-match", "neither")]
    [InlineData(2, "next", "* * * * *", "--name", "a/b")]
    [InlineData(2, "next")]
    public async Task Anything_else_is_refused_in_one_line(int expected, params string[] args)
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync(args);

        Assert.Equal(expected, exit);
        Assert.Empty(cli.Output);
        Assert.StartsWith("error: ", cli.Errors, StringComparison.Ordinal);
    }
}
