using OrleansScheduler.Actions;
using OrleansScheduler.Cli.Fakes;

namespace OrleansScheduler.Cli;

public sealed class RunsCommandTests
{
    private const string All = "GET /runs?limit=100";

    [Fact]
    public async Task A_list_asks_for_what_was_named()
    {
        var cli = new CliRun();
        cli.Server.On(
            "GET /runs?schedule=nightly&status=lease_expired&from=2026-01-01T00%3A00%3A00Z&to=2026-01-02T03%3A00%3A00Z&limit=5&cursor=c%2F1",
            Recorded.Runs("c2", Recorded.Run(4, RunStatus.LeaseExpired, new RunError("lease_expired", "Too long."))));

        int exit = await cli.RunAsync(
            "runs", "ls", "nightly", "--status", "lease-expired", "--from", "2026-01-01", "--to", "2026-01-02 03:00", "--limit", "5", "--cursor", "c/1");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            RUN                 STATUS         DUE                   STARTED               DURATION  ERROR
            nightly.0a1b2c3d.4  lease_expired  2026-01-04 23:04:00Z  2026-01-04 23:04:01Z  1s500ms   lease_expired: Too long.

            """,
            cli.Output);
        Assert.Equal("There are more; the same command with --cursor c2\n", cli.Errors);
    }

    [Fact]
    public async Task The_tail_begins_with_the_last_that_ended_oldest_first()
    {
        var cli = new CliRun();
        cli.Server.On("GET /runs?schedule=nightly&limit=100", Recorded.Runs(
            null, Recorded.Run(4, RunStatus.Running), Recorded.Run(3, log: "one\ntwo"), Recorded.Run(2, RunStatus.Failed, new RunError("handler_error", "It broke.")), Recorded.Run(1)));

        int exit = await cli.RunAsync("runs", "tail", "nightly", "--limit", "2");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            2026-01-04 23:02:02Z  failed           1s500ms  nightly.0a1b2c3d.2  handler_error: It broke.
            2026-01-04 23:03:02Z  completed        1s500ms  nightly.0a1b2c3d.3
              | one
              | two

            """,
            cli.Output);
    }

    [Fact]
    public async Task Following_prints_each_run_once_until_it_is_interrupted()
    {
        var cli = new CliRun();
        cli.Server.On(All, Recorded.Runs(null, Recorded.Run(1)))
            .On(All, Recorded.Runs(null, Recorded.Run(2), Recorded.Run(1)))
            .On(All, Recorded.Runs(null, Recorded.Run(3), Recorded.Run(2), Recorded.Run(1)));

        int exit = await FollowAsync(cli, looks: 2);

        Assert.Equal(0, exit);
        Assert.Equal(["nightly.0a1b2c3d.1", "nightly.0a1b2c3d.2", "nightly.0a1b2c3d.3"], Names(cli));
        Assert.Empty(cli.Errors);
    }

    [Fact]
    public async Task Following_turns_pages_as_long_as_they_bring_something_new()
    {
        var cli = new CliRun();
        cli.Server.On(All, Recorded.Runs(null, Recorded.Run(1)))
            .On(All, Recorded.Runs("p2", Recorded.Run(5), Recorded.Run(4)))
            .On("GET /runs?limit=100&cursor=p2", Recorded.Runs("p3", Recorded.Run(3), Recorded.Run(1)))
            .On("GET /runs?limit=100&cursor=p3", Recorded.Runs("p4", Recorded.Run(1)));

        await FollowAsync(cli, looks: 1);

        Assert.Equal(["nightly.0a1b2c3d.1", "nightly.0a1b2c3d.3", "nightly.0a1b2c3d.4", "nightly.0a1b2c3d.5"], Names(cli));
        Assert.DoesNotContain(cli.Server.Requests, request => request.Name.EndsWith("cursor=p4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Following_outlives_a_short_absence_of_the_server()
    {
        var cli = new CliRun();
        cli.Server.On(All, Recorded.Runs(null, Recorded.Run(1))).Refuse(All, 503, "stopping", "Going down.").Refuse(All, 429, "overloaded", "Busy.")
            .On(All, Recorded.Runs(null, Recorded.Run(2), Recorded.Run(1)));

        int exit = await FollowAsync(cli, looks: 3);

        Assert.Equal(0, exit);
        Assert.Equal(["nightly.0a1b2c3d.1", "nightly.0a1b2c3d.2"], Names(cli));
        Assert.Equal("Going down. Asking again.\n", cli.Errors);
    }

    [Fact]
    public async Task Following_ends_when_the_server_stays_away()
    {
        var cli = new CliRun();
        cli.Server.On(All, Recorded.Runs(null)).Refuse(All, 503, "stopping", "Going down.");

        int exit = await FollowAsync(cli, looks: 29, ends: true);

        Assert.Equal(6, exit);
        Assert.EndsWith("error: stopping: Going down.\n", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_ends_at_once_with_a_schedule_that_is_not_there()
    {
        var cli = new CliRun();
        cli.Server.Refuse("GET /runs?schedule=x&limit=100", 404, "not_found", "No.");

        Assert.Equal(3, await cli.RunAsync("runs", "tail", "x", "--follow"));
    }

    [Theory]
    [InlineData(0, "--follow")]
    [InlineData(1)]
    public async Task Only_what_goes_on_for_ever_ends_well_when_it_is_interrupted(int expected, params string[] options)
    {
        var cli = new CliRun();
        cli.Server.On(All, async cancellation => await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellation));
        var armed = cli.Time.NextArmedAsync();

        var running = cli.RunAsync(["runs", "tail", .. options]);
        await armed;
        cli.Interruption.Cancel();

        Assert.Equal(expected, await running);
    }

    [Fact]
    public async Task For_programs_each_run_is_a_line_as_the_server_wrote_it()
    {
        var cli = new CliRun();
        var (one, two) = (Recorded.Json(Recorded.Run(1)), Recorded.Json(Recorded.Run(2, log: "l")));
        cli.Server.On(All, $$"""{"runs":[{{two}},{{one}}]}""");

        await cli.RunAsync("runs", "tail", "--json");

        Assert.Equal($"{one}\n{two}\n", cli.Output);
    }

    [Theory]
    [InlineData("--interval", "10ms")]
    [InlineData("--interval", "2m")]
    [InlineData("--limit", "101")]
    public async Task The_pace_has_bounds(string option, string value)
    {
        var cli = new CliRun();

        Assert.Equal(2, await cli.RunAsync("runs", "tail", "--follow", option, value));
    }

    private static string[] Names(CliRun cli) =>
        [.. cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4])];

    // Each look at the server is over when the wait for the next one is armed.
    private static async Task<int> FollowAsync(CliRun cli, int looks, bool ends = false)
    {
        var armed = cli.Time.ArmedForAsync(cli.Time.GetUtcNow().AddSeconds(3));
        var running = cli.RunAsync("runs", "tail", "--follow", "--interval", "3s");
        for (int look = 0; look < looks; look++)
        {
            await armed;
            armed = cli.Time.ArmedForAsync(cli.Time.GetUtcNow().AddSeconds(6));
            cli.Time.Advance(TimeSpan.FromSeconds(3));
        }

        await armed;
        if (ends)
        {
            cli.Time.Advance(TimeSpan.FromSeconds(3));
        }
        else
        {
            cli.Interruption.Cancel();
        }

        return await running;
    }
}
