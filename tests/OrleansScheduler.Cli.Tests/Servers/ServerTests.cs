using System.Text.Json;

namespace OrleansScheduler.Cli.Servers;

/// <summary>The program against the real thing.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task A_schedule_lives_from_its_first_preview_to_its_end()
    {
        await using var server = await RealServer.StartAsync();
        string[] definition = ["schedule", "add", "greeting", "--when", "every weekday at 09:30", "--zone", "Europe/Berlin", "--handler", "process", "--payload", "{\"command\":\"hi\"}"];

        var preview = await server.RunAsync("", [.. definition, "--preview"]);
        var absent = await server.RunAsync("", "schedule", "show", "greeting");
        var added = await server.RunAsync("", definition);
        var again = await server.RunAsync("", definition);
        var other = await server.RunAsync("", "schedule", "add", "greeting", "--when", "@daily", "--handler", "process");
        var replaced = await server.RunAsync("", "schedule", "add", "greeting", "--when", "@daily", "--handler", "process", "--replace");
        var paused = await server.RunAsync("", "schedule", "pause", "greeting", "--reason", "maintenance");
        var list = await server.RunAsync("", "schedule", "ls");
        var shown = await server.RunAsync("", "schedule", "show", "greeting");
        var resumed = await server.RunAsync("", "schedule", "resume", "greeting");
        var deleted = await server.RunAsync("", "schedule", "rm", "greeting");

        Assert.Equal((0, ""), (preview.Exit, preview.Errors));
        Assert.Contains("Mon 2026-01-05 09:30:00 +01:00   2026-01-05 08:30:00Z", preview.Output, StringComparison.Ordinal);
        Assert.Equal(3, absent.Exit);
        Assert.Equal((0, ""), (added.Exit, added.Errors));
        Assert.Equal("greeting is active.\n" + preview.Output, added.Output);
        Assert.Equal((added.Exit, added.Output), (again.Exit, again.Output));
        Assert.Equal(4, other.Exit);
        Assert.StartsWith("error: already_exists: ", other.Errors, StringComparison.Ordinal);
        Assert.Equal((0, ""), (replaced.Exit, replaced.Errors));
        Assert.Equal("greeting is paused: maintenance\n", paused.Output);
        Assert.Matches("greeting +paused ", list.Output);
        Assert.Contains("paused: maintenance (by ada)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("revision 2,", shown.Output, StringComparison.Ordinal);
        Assert.Equal("greeting is active, next 2026-01-06 00:00:00Z.\n", resumed.Output);
        Assert.Equal((0, "greeting is deleted.\n"), (deleted.Exit, deleted.Output));
    }

    [Fact]
    public async Task Runs_are_listed_and_printed_with_their_log_and_their_error()
    {
        await using var server = await RealServer.StartAsync();
        await server.RunAsync("", "schedule", "add", "good", "--when", "@yearly", "--handler", "process", "--payload", "{\"command\":\"hi\"}");
        await server.RunAsync("", "schedule", "add", "bad", "--when", "@yearly", "--handler", "breaks");
        var (good, bad) = (server.HistoryKnowsAsync("good", 1), server.HistoryKnowsAsync("bad", 1));

        var started = await server.RunAsync("", "schedule", "run", "good");
        await good;
        await server.RunAsync("", "schedule", "run", "bad");
        await bad;
        var listed = await server.RunAsync("", "runs", "ls", "--status", "failed");
        var tail = await server.RunAsync("", "runs", "tail", "good");
        var json = await server.RunAsync("", "runs", "tail", "--json");
        var nowhere = await server.RunAsync("", "runs", "ls", "--status", "queued");

        Assert.Equal((0, ""), (started.Exit, started.Errors));
        Assert.Matches("good\\.[0-9a-f]{8}\\.1 +queued", started.Output);
        Assert.Matches("^RUN .*\nbad\\.[0-9a-f]{8}\\.1 +failed .*It broke\\.\n$", listed.Output);
        Assert.Matches("^2026-01-05 00:00:00Z  completed +0s  good\\.[0-9a-f]{8}\\.1\n  \\| told \\{\"command\":\"hi\"\\}\n$", tail.Output);
        Assert.Equal(2, json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line)).Count());
        Assert.Equal(2, nowhere.Exit);
    }

    [Fact]
    public async Task A_crontab_is_imported_allowed_and_asked_about()
    {
        await using var server = await RealServer.StartAsync();
        const string crontab = "MAILTO=ops@example.org\n*/5 * * * * backup --all\n* 25 * * * never\n@reboot start\n";

        var trial = await server.RunAsync(crontab, "import", "crontab", "-", "--name", "web", "--dry-run");
        var imported = await server.RunAsync(crontab, "import", "crontab", "-", "--name", "web", "--zone", "Europe/Berlin");
        var looked = await server.RunAsync("", "allow", "--crontab", "web", "--dry-run");
        var named = await server.RunAsync("", "allow", "--crontab", "web");
        var allowed = await server.RunAsync("", "allow", "--crontab", "web", "--hash", named.Errors.TrimEnd().Split(' ')[^1]);
        var again = await server.RunAsync(crontab, "import", "crontab", "-", "--name", "web", "--zone", "Europe/Berlin", "--allow");
        var permissions = await server.RunAsync("", "permissions", "ls");

        Assert.Equal(5, trial.Exit);
        Assert.Contains("1 of 3 lines are refused; 2 of the other 2 would be imported.", trial.Errors, StringComparison.Ordinal);
        Assert.Equal(5, imported.Exit);
        Assert.Contains("osched allow --crontab web", imported.Errors, StringComparison.Ordinal);
        Assert.Matches("2 +web-backup-[0-9a-z-]+ .*backup --all", imported.Output);
        Assert.Contains("Set default/web: 2 created.", imported.Output, StringComparison.Ordinal);
        Assert.Equal(0, looked.Exit);
        Assert.Equal((7, looked.Output), (named.Exit, named.Output));
        Assert.Equal((0, ""), (allowed.Exit, allowed.Errors));
        Assert.Equal(2, allowed.Output.Split('\n').Count(line => line.StartsWith("Allowed web-", StringComparison.Ordinal)));
        Assert.Equal(5, again.Exit);
        Assert.Contains("Set default/web: 2 unchanged.", again.Output, StringComparison.Ordinal);
        Assert.Contains("backup --all", permissions.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(RealServer.Token, allowed.Output + again.Output + permissions.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_applied_once()
    {
        await using var server = await RealServer.StartAsync();
        const string file = "schedules:\n  nightly:\n    when: \"@daily\"\n    target:\n      handler: process\n";

        var first = await server.RunAsync(file, "apply", "-f", "-");
        var second = await server.RunAsync(file, "apply", "-f", "-");
        var faulty = await server.RunAsync("schedules:\n  nightly:\n    when: \"0 25 * * *\"\n    target:\n      handler: process\n", "apply", "-f", "-");

        Assert.Equal((0, ""), (first.Exit, first.Errors));
        Assert.Contains("1 created", first.Output, StringComparison.Ordinal);
        Assert.Contains("1 unchanged", second.Output, StringComparison.Ordinal);
        Assert.Equal(5, faulty.Exit);
        Assert.Contains("stdin:3:", faulty.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_takes_permissions_back()
    {
        await using var server = await RealServer.StartAsync();
        const string hash = "00112233445566778899aabbccddeeff";
        server.Folder.With("wrong", "not-the-token-of-this-test");

        var program = await server.RunAsync("", "permissions", "rm", "program", "/usr/bin/true");
        var command = await server.RunAsync("", "permissions", "rm", "command", hash, "--json");
        var wrong = await server.RunAsync("", "permissions", "rm", "command", hash, "--token-file", "wrong");

        Assert.Equal((0, ""), (program.Exit, program.Errors));
        Assert.Equal((0, "{}\n"), (command.Exit, command.Output));
        Assert.Equal(7, wrong.Exit);
        Assert.StartsWith("error: administrator_needed: ", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_are_set_read_and_explained()
    {
        await using var server = await RealServer.StartAsync();

        var set = await server.RunAsync("{\"price\": 9.10}", "space", "set", "shop", "order", "@-");
        var part = await server.RunAsync("", "space", "set", "shop", "order", "--path", "/count", "--", "-3");
        var got = await server.RunAsync("", "space", "get", "shop", "order");
        var pulled = await server.RunAsync("", "space", "pull", "shop", "order", "--path", "/price", "--wait", "0s");
        var nothing = await server.RunAsync("", "space", "get", "shop", "other");
        var nobody = await server.RunAsync("", "space", "explain", "shop", "total");

        Assert.Equal((0, "Commit 1; 0 actions have a cause to run.\n"), (set.Exit, set.Output));
        Assert.Equal(0, part.Exit);
        Assert.Equal("{\n  \"count\": -3,\n  \"price\": 9.10\n}\n", got.Output);
        Assert.Equal((0, "9.10\n"), (pulled.Exit, pulled.Output));
        Assert.Equal(3, nothing.Exit);
        Assert.Equal(3, nobody.Exit);
    }

    [Fact]
    public async Task The_governor_takes_a_new_cap()
    {
        await using var server = await RealServer.StartAsync();

        var changed = await server.RunAsync("", "governor", "--cap", "3", "--group", "reports=2");
        var json = await server.RunAsync("", "governor", "--json");

        Assert.Equal((0, ""), (changed.Exit, changed.Errors));
        Assert.Contains("slots    0 of 3 in use\ngroups   reports=2\n", changed.Output, StringComparison.Ordinal);
        using var snapshot = JsonDocument.Parse(json.Output);
        Assert.Equal(3, snapshot.RootElement.GetProperty("settings").GetProperty("cap").GetInt32());
    }

    [Theory]
    [InlineData(5, "cron_invalid", "schedule", "add", "x", "--when", "0 25 * * *", "--handler", "process")]
    [InlineData(5, "phrase_invalid", "schedule", "add", "x", "--when", "every blue moon", "--handler", "process", "--preview")]
    [InlineData(5, "zone_unknown", "schedule", "add", "x", "--when", "@daily", "--zone", "Mars/Olympus", "--handler", "process")]
    [InlineData(5, "unknown_handler", "schedule", "add", "x", "--when", "@daily", "--handler", "nobody")]
    [InlineData(2, "id_invalid", "schedule", "add", "a b", "--when", "@daily", "--handler", "process")]
    [InlineData(2, "id_invalid", "import", "crontab", "-", "--name", "a/b")]
    [InlineData(5, "zone_unknown", "import", "crontab", "-", "--zone", "Mars/Olympus")]
    [InlineData(3, "not_found", "schedule", "run", "nobody")]
    [InlineData(3, "not_found", "allow", "nobody")]
    [InlineData(2, "request_invalid", "runs", "ls", "--cursor", "x")]
    public async Task What_the_server_refuses_has_its_exit_code(int expected, string code, params string[] args)
    {
        await using var server = await RealServer.StartAsync();

        var refused = await server.RunAsync("* * * * * x\n", args);

        Assert.Equal(expected, refused.Exit);
        Assert.StartsWith($"error: {code}: ", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }
}
