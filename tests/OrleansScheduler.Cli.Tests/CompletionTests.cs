using System.Diagnostics;
using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("osched sch", "schedule")]
    [InlineData("osched schedule re", "resume")]
    [InlineData("osched --json schedule pau", "pause")]
    [InlineData("osched schedule add x --overlap q", "queue-all", "queue-one")]
    [InlineData("osched next '* * * * *' --zone Europe/Berl", "Europe/Berlin")]
    [InlineData("osched completion f", "fish")]
    [InlineData("osched governor --ca", "--cap")]
    [InlineData("osched nonsense-", new string[0])]
    public async Task The_script_of_bash_completes(string line, params string[] expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        var cli = new CliRun();
        await cli.RunAsync("completion", "bash");
        string program = Path.Combine(AppContext.BaseDirectory, "osched.dll");
        string script = $$"""
            osched() { dotnet '{{program}}' "$@"; }
            {{cli.Output}}
            COMP_LINE="$1"; COMP_POINT=${#1}; COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _osched
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        string[] found = (await BashAsync(script, line)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task The_script_of_bash_is_registered_without_bash_completion()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        var cli = new CliRun();
        await cli.RunAsync("completion", "bash");

        Assert.Equal("complete -o default -F _osched osched\n", await BashAsync(cli.Output + "complete -p osched", ""));
    }

    [Theory]
    [InlineData("zsh", "#compdef osched")]
    [InlineData("fish", "complete -c osched")]
    public async Task Other_shells_have_scripts_too(string shell, string part)
    {
        var cli = new CliRun();

        Assert.Equal(0, await cli.RunAsync("completion", shell));
        Assert.Contains(part, cli.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_shell_is_refused()
    {
        var cli = new CliRun();

        Assert.Equal(2, await cli.RunAsync("completion", "cmd"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("schedule", "add", "--help")]
    [InlineData("import", "crontab", "-h")]
    public async Task Help_ends_with_the_exit_codes(params string[] args)
    {
        var cli = new CliRun();

        Assert.Equal(0, await cli.RunAsync(args));
        Assert.EndsWith(ExitTable.Help + "\n", cli.Output, StringComparison.Ordinal);
    }

    private static async Task<string> BashAsync(string script, string argument)
    {
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, ArgumentList = { "--norc", "-c", script, "bash", argument } };
        using var bash = Process.Start(start)!;
        string output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }
}
