using OrleansScheduler.Cli.Commands;
using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli;

public sealed class AdministratorCommandTests
{
    private const string Token = "0123456789abcdef-secret";

    [Fact]
    public async Task A_command_is_shown_and_then_allowed_by_its_hash()
    {
        using var folder = new TestFolder().With("token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Environment["OSCHED_TOKEN_FILE"] = "token";
        cli.Server.On("GET /schedules/nightly", Recorded.Json(Recorded.Detail())).On("POST /schedules/nightly/allow", Recorded.Json(Recorded.Detail()));

        int exit = await cli.RunAsync("allow", "nightly");

        Assert.Equal(0, exit);
        Assert.Equal(
            $"""
            schedule  nightly
            when      At 09:30, on Monday to Friday (Europe/Berlin)
            handler   process
            command   backup --all
            payload   {Recorded.Payload}
            hash      {Recorded.Payload.Hash}

            Allowed nightly ({Recorded.Payload.Hash}): active, next 2026-01-05 08:30:00Z.

            """,
            cli.Output);
        Assert.Equal($$"""{"command_hash":"{{Recorded.Payload.Hash}}","note":"backup --all","who":"ada"}""", cli.Server.Requests[1].Body);
        Assert.Equal($"Bearer {Token}", cli.Server.Requests[1].Authorization);
    }

    [Fact]
    public async Task Another_hash_than_the_named_one_is_refused()
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules/nightly", Recorded.Json(Recorded.Detail()));

        int exit = await cli.RunAsync("allow", "nightly", "--hash", "00112233445566778899aabbccddeeff");

        Assert.Equal(4, exit);
        Assert.StartsWith("error: revision_conflict: ", cli.Errors, StringComparison.Ordinal);
        Assert.Single(cli.Server.Requests);
    }

    [Fact]
    public async Task Of_a_crontab_those_are_allowed_that_wait_for_it()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Server.On("GET /schedules?details=true&limit=100", Recorded.Schedules("b", Recorded.Waiting("a", "web"), Recorded.Waiting("b", "web-2")))
            .On(
                "GET /schedules?details=true&after=b&limit=100",
                Recorded.Schedules(null, Recorded.Detail("c", crontab: "web"), Recorded.Detail("d", ScheduleState.Paused, reason: "x", crontab: "web"), Recorded.Waiting("e", "web")))
            .On("POST /schedules/a/allow", Recorded.Json(Recorded.Detail("a"))).On("POST /schedules/e/allow", Recorded.Json(Recorded.Detail("e")));

        int exit = await cli.RunAsync("allow", "--crontab", "web", "--hash", WaitingCommands.HashOf([Recorded.Waiting("e", "web"), Recorded.Waiting("a", "web")]));

        Assert.Equal(0, exit);
        Assert.Equal(["POST /schedules/a/allow", "POST /schedules/e/allow"], cli.Server.Requests.Skip(2).Select(request => request.Name));
        Assert.Equal("2 of 4 schedules of 'web' do not wait for this and are left as they are.\n", cli.Errors);
    }

    [Fact]
    public async Task To_name_a_crontab_allows_nothing_because_anybody_could_have_added_to_it()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Server.On("GET /schedules?details=true&limit=100", Recorded.Schedules(null, Recorded.Waiting("a", "web"), Recorded.Waiting("slipped-in", "web")));
        string hash = WaitingCommands.HashOf([Recorded.Waiting("a", "web"), Recorded.Waiting("slipped-in", "web")]);

        int exit = await cli.RunAsync("allow", "--crontab", "web");

        Assert.Equal(7, exit);
        Assert.Contains("schedule  slipped-in\n", cli.Output, StringComparison.Ordinal);
        Assert.Equal(
            $"error: hash_missing: Nothing is allowed yet: anybody could have added to 'web'. If these commands are yours: osched allow --crontab web --hash {hash}\n",
            cli.Errors);
        Assert.Single(cli.Server.Requests);
    }

    [Fact]
    public async Task What_joined_a_crontab_after_it_was_shown_is_refused()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Server.On("GET /schedules?details=true&limit=100", Recorded.Schedules(null, Recorded.Waiting("a", "web"), Recorded.Waiting("slipped-in", "web")));

        int exit = await cli.RunAsync("allow", "--crontab", "web", "--hash", WaitingCommands.HashOf([Recorded.Waiting("a", "web")]));

        Assert.Equal(4, exit);
        Assert.StartsWith("error: revision_conflict: ", cli.Errors, StringComparison.Ordinal);
        Assert.Single(cli.Server.Requests);
    }

    [Fact]
    public async Task Looking_needs_no_token_and_allows_nothing()
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules/nightly", Recorded.Json(Recorded.Detail()));

        int exit = await cli.RunAsync("allow", "nightly", "--dry-run");

        Assert.Equal(0, exit);
        Assert.Contains("command   backup --all", cli.Output, StringComparison.Ordinal);
        Assert.Single(cli.Server.Requests);
    }

    [Fact]
    public async Task For_programs_what_would_be_allowed_is_a_line_each()
    {
        var cli = new CliRun();
        string answer = Recorded.Json(Recorded.Detail());
        cli.Server.On("GET /schedules/nightly", answer);

        await cli.RunAsync("allow", "nightly", "--dry-run", "--json");

        Assert.Equal(answer + "\n", cli.Output);
    }

    [Theory]
    [InlineData(2, "allow")]
    [InlineData(2, "allow", "a", "--crontab", "b")]
    [InlineData(3, "allow", "--crontab", "none", "--hash", "00")]
    [InlineData(3, "allow", "--crontab", "none")]
    [InlineData(7, "allow", "nightly")]
    [InlineData(7, "permissions", "rm", "program", "/usr/bin/true")]
    [InlineData(2, "permissions", "rm", "everything", "x")]
    public async Task What_cannot_be_allowed_is_said_so(int expected, params string[] args)
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules?details=true&limit=100", Recorded.Schedules(null)).On("GET /schedules/nightly", Recorded.Json(Recorded.Detail()));

        Assert.Equal(expected, await cli.RunAsync(args));
        Assert.Empty(cli.Output);
    }

    [Fact]
    public async Task A_schedule_without_a_command_has_nothing_to_allow()
    {
        var cli = new CliRun();
        var detail = Recorded.Detail();
        cli.Server.On("GET /schedules/nightly", Recorded.Json(detail with { Definition = detail.Definition with { Target = new HandlerTarget("tick") } }));

        Assert.Equal(4, await cli.RunAsync("allow", "nightly"));
        Assert.StartsWith("error: no_command: ", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permissions_are_listed_and_taken_back()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Folder = folder };
        cli.Server.On("GET /permissions", """{"permissions":[{"kind":"program","value":"/usr/bin/true","note":"harmless","allowed_by":"ada","allowed_at":"2026-01-05T00:00:00+00:00"}]}""")
            .On("DELETE /permissions/program/%2Fusr%2Fbin%2Ftrue?who=ada", "", 204);

        Assert.Equal(0, await cli.RunAsync("permissions", "ls"));
        Assert.Equal(0, await cli.RunAsync("permissions", "rm", "program", "/usr/bin/true"));

        Assert.Equal(
            """
            KIND     VALUE          ALLOWED BY  AT                    NOTE
            program  /usr/bin/true  ada         2026-01-05 00:00:00Z  harmless
            The program /usr/bin/true is no longer allowed.

            """,
            cli.Output);
        Assert.Equal([null, $"Bearer {Token}"], cli.Server.Requests.Select(request => request.Authorization));
    }
}
