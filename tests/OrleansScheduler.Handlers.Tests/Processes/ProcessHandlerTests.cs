using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>Real processes: what they are given and what is kept of them.</summary>
public sealed class ProcessHandlerTests
{
    [Fact]
    public async Task A_program_gets_its_arguments_untouched_and_its_outcome_is_written()
    {
        await using var fixture = new ProcessFixture();
        var run = new TestRun(ProcessFixture.Program("printf", "%s|", "a b", "$HOME", "*", "", "'\"", "é"));

        await fixture.Handler.HandleAsync(run);

        var outcome = (JsonObject)run.Writes["out"];
        Assert.Equal("a b|$HOME|*||'\"|é|", outcome["stdout"]!.AsText());
        Assert.Equal((0, "", false), (outcome["exit_code"]!.AsInt64(), outcome["stderr"]!.AsText(), outcome["truncated"]!.AsBoolean()));
        Assert.Equal(["a b|$HOME|*||'\"|é|", $"/usr/bin/printf ({outcome["pid"]}) ended with 0."], run.Logged);
    }

    [Fact]
    public async Task A_program_gets_its_input_after_the_line_that_opens_its_gate()
    {
        await using var fixture = new ProcessFixture();
        string input = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));

        string output = await fixture.OutputAsync(ProcessFixture.Program("cat").With("input", input).With("output_bytes_max", 1 << 20));

        Assert.Equal(input, output);
        Assert.Equal("", await fixture.OutputAsync(ProcessFixture.Program("cat")));
    }

    [Fact]
    public async Task With_a_cleared_environment_a_program_starts_at_home_like_a_job_of_cron()
    {
        await using var fixture = new ProcessFixture();
        JsonObject shell = JsonObject.Of(("shell", "/bin/sh"), ("command", "echo \"$HOME|$LOGNAME|$USER|$PWD\""), ("clear_environment", true), ("write", "out"));
        string home = (await fixture.OutputAsync(ProcessFixture.Program("getent", "passwd", Environment.UserName))).Split(':')[5];

        string cleared = await fixture.OutputAsync(shell);
        string own = await fixture.OutputAsync(shell.With("environment", JsonObject.Of(("HOME", "/tmp"), ("USER", "somebody"))));

        Assert.Equal($"{home}|{Environment.UserName}|{Environment.UserName}|{home}\n", cleared);
        Assert.StartsWith($"/tmp|{Environment.UserName}|somebody|", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_that_nobody_reads_harms_nothing()
    {
        await using var fixture = new ProcessFixture();

        JsonObject outcome = await fixture.RunAsync(ProcessFixture.Program("true").With("input", new string('x', 1 << 20)));

        Assert.Equal(0, outcome["exit_code"]!.AsInt64());
    }

    [Fact]
    public async Task The_environment_is_that_of_the_host_with_changes_or_nothing_but_those()
    {
        await using var fixture = new ProcessFixture();
        JsonObject variables = JsonObject.Of(("COLOUR", "red = blue\nor so"), ("PATH", "/usr/bin:/bin"));

        string changed = await fixture.OutputAsync(ProcessFixture.Program("env", "-0").With("environment", variables));
        string cleared = await fixture.OutputAsync(ProcessFixture.Program("env", "-0").With("environment", variables).With("clear_environment", true));

        Assert.Contains("COLOUR=red = blue\nor so", changed.Split('\0'));
        Assert.Contains(changed.Split('\0'), pair => pair.StartsWith("HOME=", StringComparison.Ordinal));
        Assert.Equal(
            ["COLOUR", "HOME", "LOGNAME", "ORLEANSSCHEDULER_PROCESS", "ORLEANSSCHEDULER_RUN", "PATH", "PWD", "USER"],
            cleared.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("ORLEANSSCHEDULER_RUN=default/action#7", cleared.Split('\0'));
    }

    [Fact]
    public async Task A_program_runs_where_it_shall()
    {
        await using var fixture = new ProcessFixture();

        Assert.Equal(fixture.Folder.Path + "\n", await fixture.OutputAsync(ProcessFixture.Program("pwd").With("working_directory", fixture.Folder.Path)));
        SchedulerException fault = await fixture.FailAsync(ProcessFixture.Program("pwd").With("working_directory", "/nowhere/at/all"));
        Assert.Equal(HandlerErrorCodes.ProcessStartFailed, fault.Code);
        Assert.Empty(Directory.GetFiles(fixture.LedgerFolder));
    }

    [Theory]
    [InlineData("no-such-program-at-all")]
    [InlineData("/etc/passwd")]
    [InlineData("./nothing")]
    public async Task A_program_that_is_not_there_is_named(string program)
    {
        await using var fixture = new ProcessFixture();

        SchedulerException fault = await fixture.FailAsync(ProcessFixture.Program(program));

        Assert.Equal((HandlerErrorCodes.ProgramNotFound, program), (fault.Code, fault.Details["program"]));
    }

    [Fact]
    public async Task An_exit_code_is_expected_or_fails_the_run_with_what_was_said_last()
    {
        await using var fixture = new ProcessFixture();

        JsonObject outcome = await fixture.RunAsync(ProcessFixture.Shell("exit 3", ("expected_exit_codes", JsonArray.Of(0, 3))));
        SchedulerException fault = await fixture.FailAsync(ProcessFixture.Shell("echo it broke >&2; exit 4"));
        JsonObject killed = await fixture.RunAsync(ProcessFixture.Shell("kill -KILL $$", ("expected_exit_codes", JsonArray.Of(137))));

        Assert.Equal(3, outcome["exit_code"]!.AsInt64());
        Assert.Equal((HandlerErrorCodes.ProcessExitCode, "4"), (fault.Code, fault.Details["exit_code"]));
        Assert.EndsWith("it broke", fault.Message, StringComparison.Ordinal);
        Assert.Equal(137, killed["exit_code"]!.AsInt64());
    }

    [Fact]
    public async Task Both_outputs_are_read_however_long_and_the_first_and_last_parts_are_kept()
    {
        await using var fixture = new ProcessFixture();
        const string command = "(i=0; while [ $i -lt 3000 ]; do echo \"err $i ........................................\" >&2; i=$((i+1)); done) & head -c 3000000 /dev/zero | tr '\\0' x; wait; echo END; echo LAST >&2";

        JsonObject outcome = await fixture.RunAsync(ProcessFixture.Shell(command, ("output_bytes_max", 1_000)));

        Assert.True(outcome["truncated"]!.AsBoolean());
        Assert.StartsWith(new string('x', 500) + "\n[2999004 bytes left out]\n", outcome["stdout"]!.AsText(), StringComparison.Ordinal);
        Assert.EndsWith("xxEND\n", outcome["stdout"]!.AsText(), StringComparison.Ordinal);
        Assert.StartsWith("err 0 .", outcome["stderr"]!.AsText(), StringComparison.Ordinal);
        Assert.EndsWith("LAST\n", outcome["stderr"]!.AsText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_is_recorded_before_it_starts_and_forgotten_when_it_has_ended()
    {
        await using var fixture = new ProcessFixture();

        JsonObject outcome = await fixture.RunAsync(ProcessFixture.Program("ls", fixture.LedgerFolder));

        string[] seen = outcome["stdout"]!.AsText().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{outcome["pid"]!.AsInt64()}-"), Assert.Single(seen), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.LedgerFolder));
    }

    [Fact]
    public async Task A_process_that_cannot_be_recorded_does_not_run()
    {
        await using var fixture = new ProcessFixture();
        Directory.Delete(fixture.LedgerFolder);

        SchedulerException fault = await fixture.FailAsync(ProcessFixture.Program("touch", fixture.Folder.At("ran")));

        Assert.Equal(HandlerErrorCodes.ProcessStartFailed, fault.Code);
        Assert.False(File.Exists(fixture.Folder.At("ran")));
    }

    [Fact]
    public async Task A_program_runs_as_another_user_when_the_host_may_do_that()
    {
        await using var fixture = new ProcessFixture();
        JsonObject payload = ProcessFixture.Shell("id -un; id -gn; echo $HOME $USER", ("user", "nobody"), ("working_directory", "/"));

        if (NativeProcesses.EffectiveUser() == 0)
        {
            Assert.Equal("nobody\nnogroup\n/nonexistent nobody\n", await fixture.OutputAsync(payload));
        }
        else
        {
            Assert.Equal(HandlerErrorCodes.UserRefused, (await fixture.FailAsync(payload)).Code);
        }

        Assert.Equal(HandlerErrorCodes.UserRefused, (await fixture.FailAsync(payload.With("user", "no-such-user-here"))).Code);
    }

    [Theory]
    [InlineData("{}", "payload.program")]
    [InlineData("{'program': 'a', 'shell': 'b', 'command': 'c'}", "payload.program")]
    [InlineData("{'shell': 'b'}", "payload.command")]
    [InlineData("{'shell': 'b', 'command': 'c', 'arguments': []}", "payload.arguments")]
    [InlineData("{'program': 'a', 'arguments': [1]}", "payload.arguments[0]")]
    [InlineData("{'program': 'a', 'environment': {'A B': 'c'}}", "payload.environment.A B")]
    [InlineData("{'program': 'a', 'environment': {'ORLEANSSCHEDULER_RUN': 'c'}}", "payload.environment.ORLEANSSCHEDULER_RUN")]
    [InlineData("{'program': 'a', 'working_directory': 'b'}", "payload.working_directory")]
    [InlineData("{'program': 'a', 'user': '-b'}", "payload.user")]
    [InlineData("{'program': 'a', 'expected_exit_codes': []}", "payload.expected_exit_codes")]
    [InlineData("{'program': 'a', 'output_bytes_max': 1048577}", "payload.output_bytes_max")]
    [InlineData("{'program': 'a', 'clear_environment': 'yes'}", "payload.clear_environment")]
    [InlineData("{'program': 'a\\u0000'}", "payload.program")]
    public void A_wrong_payload_is_refused_by_field(string payload, string field)
    {
        var fault = Assert.Throws<SchedulerException>(() => ProcessPayload.Of(JsonValue.Parse(payload.Replace('\'', '"'))));

        Assert.Equal((ErrorCodes.RequestInvalid, field), (fault.Code, fault.Details["field"]));
    }
}
