using System.Text.Json;
using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli;

public sealed class ScheduleCommandTests
{
    [Fact]
    public async Task A_list_is_plain_columns_when_nobody_watches()
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules?details=true&limit=100", Recorded.Schedules("zoo", Recorded.Detail("a"), Recorded.Detail("later", ScheduleState.Paused, reason: "because")));

        int exit = await cli.RunAsync("schedule", "ls");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            NAME   STATE   WHEN                                           NEXT                  LAST RUN                        RAN  HANDLER
            a      active  At 09:30, on Monday to Friday (Europe/Berlin)  2026-01-05 08:30:00Z  completed 2026-01-04 23:05:02Z  5    process
            later  paused  At 09:30, on Monday to Friday (Europe/Berlin)  -                     completed 2026-01-04 23:05:02Z  5    process

            """,
            cli.Output);
        Assert.Equal("There are more: osched schedule ls --after zoo\n", cli.Errors);
    }

    [Fact]
    public async Task A_list_is_a_drawn_table_on_a_terminal()
    {
        var cli = new CliRun { IsTerminal = true };
        cli.Server.On("GET /schedules?details=true&after=A%20b&limit=7", Recorded.Schedules(null, Recorded.Detail("a")));

        int exit = await cli.RunAsync("schedule", "ls", "--after", "A b", "--limit", "7", "--no-color");

        Assert.Equal(0, exit);
        Assert.Contains("╭", cli.Output, StringComparison.Ordinal);
        Assert.Contains("│ a ", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', cli.Output);
    }

    [Fact]
    public async Task For_programs_the_answer_comes_as_it_is()
    {
        var cli = new CliRun();
        string answer = Recorded.Schedules(null, Recorded.Detail("a")).Insert(1, "\"new_in_2030\": [1,  2],");
        cli.Server.On("GET /schedules?details=true&limit=100", answer);

        int exit = await cli.RunAsync("schedule", "ls", "--json");

        Assert.Equal(0, exit);
        Assert.Equal(answer + "\n", cli.Output);
        Assert.Empty(cli.Errors);
    }

    [Fact]
    public async Task A_schedule_is_shown_whole()
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules/nightly", Recorded.Json(Recorded.Detail()));

        await cli.RunAsync("schedule", "show", "nightly");

        Assert.Contains("schedule     default/nightly\n", cli.Output, StringComparison.Ordinal);
        Assert.Contains("when         At 09:30, on Monday to Friday (Europe/Berlin)\n", cli.Output, StringComparison.Ordinal);
        Assert.Contains("occurrences  7 due, 0 open, 5 ran, 2 skipped (overlap), 0 skipped (missed)\n", cli.Output, StringComparison.Ordinal);
        Assert.Contains($"hash         {Recorded.Payload.Hash}\n", cli.Output, StringComparison.Ordinal);
        Assert.Contains("nightly.0a1b2c3d.5  completed", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_sends_every_option_and_shows_when_it_is_due()
    {
        using var folder = new TestFolder().With("payload.json", """{"command": "x"}""");
        var cli = new CliRun { Folder = folder };
        cli.Server.On("POST /schedules/preview?count=5", Recorded.Preview).On("POST /schedules", Recorded.Json(Recorded.Detail("n")));

        int exit = await cli.RunAsync(
            "schedule", "add", "n", "--when", "every weekday at 09:30", "--zone", "Europe/Berlin", "--handler", "process", "--payload", "@payload.json",
            "--space", "s", "--day-match", "either", "--overlap", "queue-one", "--missed", "run-latest", "--tolerance", "5m", "--jitter", "10s",
            "--max-run-duration", "1h", "--start-at", "2026-02-01", "--end-at", "2026-03-01T10:00+01:00", "--max-firings", "3", "--exclude", "2026-02-02",
            "--exclude", "2026-02-01", "--group", "g", "--label", "team=core", "--label", "url=a=b", "--description", "d", "--paused", "not yet");

        Assert.Equal(0, exit);
        const string body = """
            {"name":"n","when":"every weekday at 09:30","zone":"Europe/Berlin","day_match":"either","target":{"handler":"process","space":"s","payload":{"command":"x"}},
            "max_run_duration":"1h","tolerance":"5m","overlap":"queue_one","missed":"run_latest","jitter":"10s","start_at":"2026-02-01T00:00:00+00:00",
            "end_at":"2026-03-01T09:00:00+00:00","max_firings":3,"excluded_dates":["2026-02-01","2026-02-02"],"group":"g","labels":{"team":"core","url":"a=b"},
            "description":"d","initial_pause":"not yet"}
            """;
        Assert.Equal(["POST /schedules/preview?count=5", "POST /schedules"], cli.Server.Requests.Select(request => request.Name));
        Assert.All(cli.Server.Requests, request => Assert.Equal(body.ReplaceLineEndings(""), request.Body));
        Assert.All(cli.Server.Requests, request => Assert.Equal("application/json", request.ContentType));
        Assert.Equal(
            """
            n is active.
            trigger  cron 30 9 * * MON-FRI (Europe/Berlin)
            when     At 09:30, on Monday to Friday (Europe/Berlin)
            next
              Mon 2026-01-05 09:30:00 +01:00   2026-01-05 08:30:00Z
              Tue 2026-01-06 09:30:00 +01:00   2026-01-06 08:30:00Z

            """,
            cli.Output);
    }

    [Fact]
    public async Task A_preview_saves_nothing()
    {
        var cli = new CliRun();
        cli.Server.On("POST /schedules/preview?count=5", Recorded.Preview);

        int exit = await cli.RunAsync("schedule", "add", "n", "--when", "every weekday at 09:30", "--handler", "process", "--preview");

        Assert.Equal(0, exit);
        Assert.Single(cli.Server.Requests);
        Assert.Contains("Mon 2026-01-05 09:30:00 +01:00", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_programs_adding_is_one_request_with_one_answer()
    {
        var cli = new CliRun();
        string answer = Recorded.Json(Recorded.Detail("n"));
        cli.Server.On("PUT /schedules/n?who=ada", answer);

        int exit = await cli.RunAsync("schedule", "add", "n", "--when", "@daily", "--handler", "process", "--replace", "--json");

        Assert.Equal(0, exit);
        Assert.Equal(answer + "\n", cli.Output);
        Assert.Equal("""{"when":"@daily","target":{"handler":"process"}}""", Assert.Single(cli.Server.Requests).Body);
    }

    [Fact]
    public async Task What_the_server_does_not_understand_is_pointed_at()
    {
        var cli = new CliRun();
        cli.Server.Refuse(
            "POST /schedules/preview?count=5", 400, "cron_invalid", "The cron expression is not understood at 2: expected an hour.",
            """ "details":{"position":"2","expected":"an hour","field":"when"} """);

        int exit = await cli.RunAsync("schedule", "add", "n", "--when", "0 25 * * *", "--handler", "process");

        Assert.Equal(5, exit);
        Assert.Equal(
            """
            error: cron_invalid: The cron expression is not understood at 2: expected an hour. (field when, position 2)
              0 25 * * *
                ^

            """,
            cli.Errors);
    }

    [Theory]
    [InlineData(2, "usage", "--when", "@daily")]
    [InlineData(2, "usage", "--handler", "h")]
    [InlineData(2, "usage", "--when", "@daily", "--handler", "h", "--overlap", "maybe")]
    [InlineData(2, "usage", "--when", "@daily", "--handler", "h", "--tolerance", "0s")]
    [InlineData(2, "usage", "--when", "@daily", "--handler", "h", "--exclude", "christmas")]
    [InlineData(2, "usage", "--when", "@daily", "--handler", "h", "--label", "=x")]
    [InlineData(5, "json_malformed", "--when", "@daily", "--handler", "h", "--payload", "{")]
    [InlineData(5, "file_unreadable", "--when", "@daily", "--handler", "h", "--payload", "@missing.json")]
    public async Task Bad_input_is_refused_here(int expected, string code, params string[] args)
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync(["schedule", "add", "n", .. args]);

        Assert.Equal(expected, exit);
        Assert.StartsWith($"error: {code}: ", cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Server.Requests);
    }

    [Fact]
    public async Task A_run_is_asked_for_under_a_name()
    {
        var cli = new CliRun();
        cli.Server.On("POST /schedules/nightly/execute", Recorded.Json(Recorded.Run(8, Actions.RunStatus.Queued)), 202);

        int exit = await cli.RunAsync("schedule", "run", "nightly", "--request", "r1", "--who", "grace");

        Assert.Equal(0, exit);
        Assert.Equal("""{"request":"r1","who":"grace"}""", Assert.Single(cli.Server.Requests).Body);
        Assert.Contains("nightly.0a1b2c3d.8  queued", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pausing_resuming_and_deleting_say_what_is_now()
    {
        var cli = new CliRun();
        cli.Server.On("POST /schedules/a/pause", Recorded.Json(Recorded.Detail("a", ScheduleState.Paused, reason: "maintenance")))
            .On("POST /schedules/a/resume", Recorded.Json(Recorded.Detail("a")))
            .On("DELETE /schedules/a?who=ada", "", 204);

        Assert.Equal(0, await cli.RunAsync("schedule", "pause", "a", "--reason", "maintenance"));
        Assert.Equal(0, await cli.RunAsync("schedule", "resume", "a"));
        Assert.Equal(0, await cli.RunAsync("schedule", "rm", "a"));

        Assert.Equal("a is paused: maintenance\na is active, next 2026-01-05 08:30:00Z.\na is deleted.\n", cli.Output);
        Assert.Equal(["""{"reason":"maintenance","who":"ada"}""", """{"who":"ada"}""", null], cli.Server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Text_of_the_server_cannot_steer_the_terminal()
    {
        var cli = new CliRun();
        var detail = Recorded.Detail() with { Description = "At \u001b[31mnoon\u0007\u202e" };
        cli.Server.On("GET /schedules/nightly", JsonSerializer.Serialize(detail, Serialization.ContractJson.Options));

        await cli.RunAsync("schedule", "show", "nightly");

        Assert.Contains("At \u241b[31mnoon\u2407\ufffd", cli.Output, StringComparison.Ordinal);
    }
}
