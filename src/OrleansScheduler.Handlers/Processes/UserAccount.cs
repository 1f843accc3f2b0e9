using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A user of this machine, as whom a process shall run.</summary>
/// <param name="Name">The login name.</param>
/// <param name="UserId">The number.</param>
/// <param name="GroupId">The number of the primary group.</param>
/// <param name="Home">The home folder.</param>
/// <param name="IsOther">Whether it is another one than that of this process.</param>
internal sealed record UserAccount(string Name, uint UserId, uint GroupId, string Home, bool IsOther)
{
    private const string Setpriv = "/usr/bin/setpriv";

    /// <summary>The account that a process runs as.</summary>
    /// <param name="user">A name or number; null for that of this process.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>Null when this process has a user that the machine does not list, and no other is wanted.</returns>
    /// <exception cref="SchedulerException"><c>user_refused</c>.</exception>
    public static async Task<UserAccount?> FindAsync(string? user, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return user is null ? null : throw Refused(user, "another user can be chosen on Linux only");
        }

        uint own = NativeProcesses.EffectiveUser();
        if (user is null)
        {
            return await LookUpAsync(own.ToString(CultureInfo.InvariantCulture), own, isWanted: false, cancellation);
        }

        UserAccount account = await LookUpAsync(user, own, isWanted: true, cancellation) ?? throw Refused(user, "there is no such user");
        return !account.IsOther ? account
            : own != 0 ? throw Refused(user, "only the superuser may run processes as another user")
            : File.Exists(Setpriv) ? account
            : throw Refused(user, $"{Setpriv} is missing");
    }

    /// <summary>What stands before a command so that it runs as this user, with its groups.</summary>
    public string[] Prefix() =>
    [
        Setpriv,
        string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
        string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
        "--init-groups",
        "--",
    ];

    private static async Task<UserAccount?> LookUpAsync(string user, uint own, bool isWanted, CancellationToken cancellation)
    {
        try
        {
            // The system's own tool, because users may come from elsewhere than a file.
            var start = new ProcessStartInfo("getent", ["passwd", user]) { RedirectStandardOutput = true, RedirectStandardInput = true };
            using Process process = Process.Start(start)!;
            string line = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            string[] fields = line.TrimEnd('\n').Split(':');
            return fields.Length == 7
                && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint userId)
                && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out uint groupId)
                ? new UserAccount(fields[0], userId, groupId, fields[5], userId != own)
                : null;
        }
        catch (Win32Exception fault)
        {
            return isWanted ? throw Refused(user, $"users cannot be looked up: {fault.Message}") : null;
        }
    }

    private static SchedulerException Refused(string user, string reason) =>
        new SchedulerException(HandlerErrorCodes.UserRefused, $"The process cannot run as '{user}': {reason}.").With("user", user);
}
