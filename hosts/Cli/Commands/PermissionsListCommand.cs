using System.CommandLine;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>permissions ls</c>.</summary>
internal static class PermissionsListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("ls", "List all permissions");
        command.SetAction(runner.Run(async (session, _, cancellation) =>
        {
            var answer = await session.Client.ListPermissionsAsync(cancellation);
            session.Show<PermissionPage>(answer, page =>
            {
                var table = new TextTable("kind", "value", "allowed by", "at", "note");
                foreach (var permission in page.Permissions)
                {
                    table.Add(Words.Of(permission.Kind), permission.Value, permission.AllowedBy, Words.Of(permission.AllowedAt), permission.Note);
                }

                session.Screen.Table(table);
                if (page.Permissions.IsEmpty)
                {
                    session.Tell("Nothing is allowed.");
                }
            });
        }));
        return command;
    }
}
