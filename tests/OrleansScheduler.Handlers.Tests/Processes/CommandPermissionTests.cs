using System.Diagnostics;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>What may run, and what an allowance covers.</summary>
public sealed class CommandPermissionTests
{
    [Fact]
    public async Task Without_permissions_nothing_runs()
    {
        await using var fixture = new ProcessFixture();
        fixture.Options = fixture.Options with { Permissions = null };
        JsonObject payload = ProcessFixture.Program("true");

        SchedulerException fault = await fixture.FailAsync(payload);

        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, fault.Code);
        Assert.Equal((CommandHash.Of(payload), "/usr/bin/true"), (fault.Details["hash"], fault.Details["program"]));
    }

    [Fact]
    public async Task An_allowed_program_may_have_any_arguments_and_is_found_by_its_full_path()
    {
        await using var fixture = new ProcessFixture(allowsAll: false);
        fixture.Allowed.Add("/usr/bin/echo");
        string elsewhere = fixture.Folder.At("echo");
        File.WriteAllText(elsewhere, "#!/bin/sh\necho other\n");
        using (Process chmod = Process.Start("chmod", ["u+x", elsewhere]))
        {
            await chmod.WaitForExitAsync();
        }

        JsonObject otherPath = ProcessFixture.Program("echo", "a").With("environment", JsonObject.Of(("PATH", fixture.Folder.Path)));

        Assert.Equal("a\n", await fixture.OutputAsync(ProcessFixture.Program("echo", "a")));
        Assert.Equal("b\n", await fixture.OutputAsync(ProcessFixture.Program("/usr/lib/../bin/echo", "b")));
        Assert.Equal(elsewhere, (await fixture.FailAsync(otherPath)).Details["program"]);
        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, (await fixture.FailAsync(ProcessFixture.Program("true"))).Code);
    }

    [Fact]
    public async Task A_shell_is_allowed_by_the_exact_command_only()
    {
        await using var fixture = new ProcessFixture(allowsAll: false);
        JsonObject payload = ProcessFixture.Shell("echo a");
        fixture.Allowed.Add("/bin/sh");

        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, (await fixture.FailAsync(payload)).Code);
        fixture.Allowed.Add(CommandHash.Of(payload));
        Assert.Equal("a\n", await fixture.OutputAsync(payload));
        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, (await fixture.FailAsync(payload.With("input", "x"))).Code);
        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, (await fixture.FailAsync(payload.With("environment", JsonObject.Of(("A", "b"))))).Code);
    }

    [Theory]
    [InlineData("environment", """{"LD_LIBRARY_PATH": "/tmp"}""")]
    [InlineData("environment", """{"BASH_ENV": "/tmp/rc"}""")]
    [InlineData("environment", """{"PATH": "/usr/bin"}""")]
    [InlineData("working_directory", "\"/tmp\"")]
    [InlineData("user", "\"root\"")]
    public async Task Whoever_chooses_more_than_arguments_and_input_needs_the_exact_command(string field, string json)
    {
        await using var fixture = new ProcessFixture(allowsAll: false);
        fixture.Allowed.Add("/usr/bin/echo");
        JsonObject payload = ProcessFixture.Program("echo", "a").With(field, JsonValue.Parse(json));

        Assert.Equal(HandlerErrorCodes.CommandNotAllowed, (await fixture.FailAsync(payload)).Code);
        if (field != "user" || Environment.UserName == "root")
        {
            fixture.Allowed.Add(CommandHash.Of(payload));
            Assert.Equal("a\n", await fixture.OutputAsync(payload));
        }
    }

    [Fact]
    public void The_hash_is_of_the_value_and_not_of_its_text()
    {
        JsonValue payload = JsonValue.Parse("""{"program": "a", "output_bytes_max": 1.0}""");

        Assert.Equal(CommandHash.Of(payload), CommandHash.Of(JsonValue.Parse("""{"output_bytes_max":1,"program":"a"}""")));
        Assert.NotEqual(CommandHash.Of(payload), CommandHash.Of(JsonValue.Parse("""{"output_bytes_max":2,"program":"a"}""")));
    }
}
