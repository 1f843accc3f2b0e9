using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>import</c>: takes over what other schedulers run.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandRunner runner) =>
        new("import", "Take over what another scheduler runs") { ImportCrontabCommand.Create(runner) };
}
