using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli;

public sealed class ImportCommandTests
{
    private const string Crontab = "*/5 * * * * backup --all\n";
    private const string Post = "POST /crontabs?name=crontab&format=auto&zone=UTC&who=ada";
    private const string Token = "0123456789abcdef-secret";

    [Fact]
    public async Task A_crontab_is_shown_with_its_variables_and_what_to_do_next()
    {
        var cli = new CliRun { Input = Crontab };
        cli.Server.On(Post, Answer(refusals: "", entries: Entry("backup", 3, "root") + "," + Entry("start", 4, null, next: "")));

        int exit = await cli.RunAsync("import", "crontab", "-");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            LINE  SCHEDULE  WHEN                     NEXT                                            COMMAND       USER  NOTES
            3     backup    Every 5 minutes, always  Mon 01-05 00:05 +00:00, Mon 01-05 00:10 +00:00  backup --all  root  It is so. And so.
            4     start     Every 5 minutes, always  at each start                                   backup --all        It is so. And so.

            LINE  VARIABLE  VALUE  WHAT BECOMES OF IT
            1     MAILTO    ops    Nothing is mailed.

            Five fields, so it is a user's.
            Every schedule begins paused.

            CHANGE   KIND      NAME    DIFFERENCE
            created  schedule  backup
            Set default/crontab: 1 created, 1 unchanged.

            """,
            cli.Output);
        Assert.Equal("The schedules stay paused until an administrator has allowed their commands: osched allow --crontab crontab\n", cli.Errors);
        Assert.Equal(Crontab, cli.Server.Requests[0].Body);
        Assert.Equal("text/plain", cli.Server.Requests[0].ContentType);
    }

    [Fact]
    public async Task Refused_lines_are_shown_and_the_others_imported()
    {
        using var folder = new TestFolder().With("jobs.cron", Crontab);
        var cli = new CliRun { Folder = folder };
        cli.Server.On(
            "POST /crontabs?name=jobs&format=system&zone=Europe%2FBerlin&prune=true&who=ada",
            Answer(refusals: """{"line":7,"column":3,"text":"* 25 * * * x","reason":"There is no hour 25.","expected":"an hour from 0 to 23"}"""));

        int exit = await cli.RunAsync("import", "crontab", "jobs.cron", "--name", "jobs", "--format", "system", "--zone", "Europe/Berlin", "--prune");

        Assert.Equal(5, exit);
        Assert.Contains(
            """
            LINE  COLUMN  REFUSED BECAUSE       EXPECTED              TEXT
            7     3       There is no hour 25.  an hour from 0 to 23  * 25 * * * x
            """,
            cli.Output,
            StringComparison.Ordinal);
        Assert.EndsWith("error: crontab_incomplete: 1 of 2 lines are refused; 1 of the other 1 were imported.\n", cli.Errors, StringComparison.Ordinal);
        Assert.Contains("osched allow --crontab jobs\n", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_proposes_nothing()
    {
        var cli = new CliRun { Input = Crontab };
        cli.Server.On("POST /crontabs?name=crontab&format=auto&zone=UTC&dry_run=true&who=ada", Answer(dryRun: true));

        int exit = await cli.RunAsync("import", "crontab", "-", "--dry-run");

        Assert.Equal(0, exit);
        Assert.Contains("Dry run, nothing was changed.", cli.Output, StringComparison.Ordinal);
        Assert.Empty(cli.Errors);
    }

    [Fact]
    public async Task With_a_token_exactly_the_commands_that_are_shown_are_allowed()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token + "\n");
        var cli = new CliRun { Input = Crontab, Folder = folder };
        cli.Server.On(Post, Answer())
            .On("GET /schedules/backup", Recorded.Json(Recorded.Waiting("backup")))
            .On("POST /schedules/backup/allow", Recorded.Json(Recorded.Detail("backup")));

        int exit = await cli.RunAsync("import", "crontab", "-", "--allow");

        Assert.Equal(0, exit);
        Assert.EndsWith("Allowed backup (00112233445566778899aabbccddeeff): active, next 2026-01-05 08:30:00Z.\n", cli.Output, StringComparison.Ordinal);
        var allow = cli.Server.Requests[^1];
        Assert.Equal("""{"command_hash":"00112233445566778899aabbccddeeff","note":"backup --all","who":"ada"}""", allow.Body);
        Assert.Equal($"Bearer {Token}", allow.Authorization);
        Assert.All(cli.Server.Requests.SkipLast(1), request => Assert.Null(request.Authorization));
        Assert.DoesNotContain("secret", cli.Output + cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_paused_on_purpose_stays_paused()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Input = Crontab, Folder = folder };
        cli.Server.On(Post, Answer()).On("GET /schedules/backup", Recorded.Json(Recorded.Detail("backup", ScheduleState.Paused, reason: "broken disk")));

        int exit = await cli.RunAsync("import", "crontab", "-", "--allow");

        Assert.Equal(0, exit);
        Assert.Equal("backup was left as it is: grace paused it (broken disk).\n", cli.Errors);
        Assert.Equal(2, cli.Server.Requests.Count);
    }

    [Fact]
    public async Task A_command_that_changed_meanwhile_is_not_allowed_and_the_others_are()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Input = Crontab, Folder = folder };
        cli.Server.On(Post, Answer(entries: Entry("one") + "," + Entry("two")))
            .On("GET /schedules/one", Recorded.Json(Recorded.Waiting("one"))).On("GET /schedules/two", Recorded.Json(Recorded.Waiting("two")))
            .Refuse("POST /schedules/one/allow", 409, "revision_conflict", "Another command.")
            .On("POST /schedules/two/allow", Recorded.Json(Recorded.Detail("two")));

        int exit = await cli.RunAsync("import", "crontab", "-", "--allow");

        Assert.Equal(4, exit);
        Assert.Contains("Allowed two", cli.Output, StringComparison.Ordinal);
        Assert.Equal("error: revision_conflict: one: Another command.\n", cli.Errors);
    }

    [Fact]
    public async Task A_wrong_token_ends_it_at_once()
    {
        using var folder = new TestFolder().With("t", Token);
        var cli = new CliRun { Input = Crontab, Folder = folder };
        cli.Server.On(Post, Answer(entries: Entry("one") + "," + Entry("two"))).On("GET /schedules/one", Recorded.Json(Recorded.Waiting("one")))
            .Refuse("POST /schedules/one/allow", 403, "administrator_needed", "Not you.");

        int exit = await cli.RunAsync("import", "crontab", "-", "--allow", "--token-file", "t");

        Assert.Equal(7, exit);
        Assert.Equal(3, cli.Server.Requests.Count);
    }

    [Theory]
    [InlineData(7, "token_missing", "import", "crontab", "-", "--allow")]
    [InlineData(7, "token_missing", "import", "crontab", "-", "--allow", "--token-file", "nowhere")]
    [InlineData(7, "token_missing", "import", "crontab", "-", "--allow", "--token-file", "empty")]
    [InlineData(7, "token_missing", "import", "crontab", "-", "--allow", "--token-file", "two-lines")]
    [InlineData(7, "token_missing", "import", "crontab", "-", "--allow", "--token-file", "good", "--server", "http://far.example")]
    [InlineData(2, "usage", "import", "crontab", "-", "--allow", "--dry-run")]
    [InlineData(2, "usage", "import", "crontab", "-", "--format", "vixie")]
    [InlineData(2, "usage", "import", "crontab")]
    [InlineData(5, "file_unreadable", "import", "crontab", "missing")]
    [InlineData(5, "file_unreadable", "import", "crontab", ".")]
    [InlineData(5, "file_unreadable", "import", "crontab", "latin1")]
    [InlineData(5, "file_too_large", "import", "crontab", "large")]
    [InlineData(5, "file_empty", "import", "crontab", "empty")]
    public async Task Bad_input_is_refused_before_anything_is_imported(int expected, string code, params string[] args)
    {
        using var folder = new TestFolder().With("empty", "").With("two-lines", "a-token-of-one\nline").With("good", Token).With("large", new string('#', (1 << 20) + 1));
        File.WriteAllBytes(Path.Combine(folder.Path, "latin1"), [0x23, 0xe4, 0x0a]);
        var cli = new CliRun { Input = Crontab, Folder = folder };

        int exit = await cli.RunAsync(args);

        Assert.Equal(expected, exit);
        Assert.StartsWith($"error: {code}: ", cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Server.Requests);
        Assert.DoesNotContain("secret", cli.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token-of-one", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_shell_reads_is_shown_with_its_command()
    {
        var cli = new CliRun { Input = Crontab };
        string definition = """{"trigger":{"kind":"start"},"target":{"handler":"process","payload":{"command":"cat","input":"a\nb"}}}""";
        cli.Server.On(Post, Answer(entries: Entry().Replace("\"command\"", $"\"definition\":{definition},\"command\"", StringComparison.Ordinal)));

        await cli.RunAsync("import", "crontab", "-");

        Assert.Contains("""Its input is "a\nb". It is so.""", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_programs_every_answer_is_a_line()
    {
        using var folder = new TestFolder().With("data/administrator.token", Token);
        var cli = new CliRun { Input = Crontab, Folder = folder };
        string allowed = Recorded.Json(Recorded.Detail("backup"));
        cli.Server.On(Post, Answer()).On("GET /schedules/backup", Recorded.Json(Recorded.Waiting("backup"))).On("POST /schedules/backup/allow", allowed);

        int exit = await cli.RunAsync("import", "crontab", "-", "--allow", "--json");

        Assert.Equal(0, exit);
        Assert.Equal($"{Answer()}\n{allowed}\n", cli.Output);
    }

    private static string Entry(
        string schedule = "backup", int line = 3, string? user = null, string next = "\"2026-01-05T00:05:00+00:00\",\"2026-01-05T00:10:00+00:00\",\"2026-01-05T00:15:00+00:00\"") =>
        $$"""{"line":{{line}},"text":"*/5 * * * * backup --all","schedule":"{{schedule}}","description":"Every 5 minutes, always","zone":"UTC","next":[{{next}}],"command":"backup --all",{{(user is null ? "" : $"\"user\":\"{user}\",")}}"command_hash":"00112233445566778899aabbccddeeff","notes":["It is so.","And so."]}""";

    private static string Answer(string refusals = "", string? entries = null, bool dryRun = false) =>
        """
        {"reading":{"format":"user","format_reason":"Five fields, so it is a user's.","entries":[ENTRIES],
        "variables":[{"name":"MAILTO","value":"ops","line":1,"effect":"Nothing is mailed."}],"refusals":[REFUSALS],"notes":["Every schedule begins paused."]},
        "report":{"set":"default/crontab","dry_run":DRY,"changes":[{"kind":"schedule","id":"backup","change":"created","differences":[]},
        {"kind":"schedule","id":"start","change":"unchanged","differences":[]}],"is_failed":false,"is_unchanged":false}}
        """.Replace("ENTRIES", entries ?? Entry(), StringComparison.Ordinal)
            .Replace("REFUSALS", refusals, StringComparison.Ordinal)
            .Replace("DRY", dryRun ? "true" : "false", StringComparison.Ordinal);
}
