using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>runs</c>: what has run.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandRunner runner) =>
        new("runs", "Runs of schedules") { RunsListCommand.Create(runner), RunsTailCommand.Create(runner) };
}
