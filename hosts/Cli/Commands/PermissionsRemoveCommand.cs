using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>permissions rm</c>.</summary>
internal static class PermissionsRemoveCommand
{
    public static Command Create(CommandRunner runner)
    {
        var kind = new Argument<string>("KIND") { Description = "program or command" };
        kind.AcceptOnlyFromAmong("program", "command");
        var value = new Argument<string>("VALUE") { Description = "The full path of a program, or the hash of a command" };
        var command = new Command("rm", "Take a permission back; what runs goes on (administrator)") { kind, value };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.RevokeAsync(
                parsed.GetRequiredValue(kind), parsed.GetRequiredValue(value), session.Who, cancellation);
            session.Confirm(answer, $"The {parsed.GetValue(kind)} {parsed.GetValue(value)} is no longer allowed.");
        }));
        return command;
    }
}
