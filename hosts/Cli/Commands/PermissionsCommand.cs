using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>permissions</c>: what administrators have allowed.</summary>
internal static class PermissionsCommand
{
    public static Command Create(CommandRunner runner) => new("permissions", "What administrators have allowed to run")
    {
        PermissionsListCommand.Create(runner),
        PermissionsRemoveCommand.Create(runner),
    };
}
