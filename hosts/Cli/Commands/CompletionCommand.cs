using System.CommandLine;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>completion</c>: the script that lets a shell complete the arguments.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandRunner runner)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the completion script of a shell, as in: source <(osched completion bash)") { shell };
        command.SetAction(runner.Run((session, parsed, _) =>
        {
            session.Print(CompletionScripts.Of(parsed.GetRequiredValue(shell)));
            return Task.CompletedTask;
        }));
        return command;
    }
}
