using System.Diagnostics;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A payload with everything found that it names.</summary>
/// <param name="Payload">The payload.</param>
/// <param name="Program">The full path of the program.</param>
/// <param name="Account">Who runs it; null where nobody can tell.</param>
/// <param name="Run">The run.</param>
/// <param name="Mark">See <see cref="ProcessMark"/>.</param>
internal sealed record ProcessCommand(ProcessPayload Payload, string Program, UserAccount? Account, string Run, string Mark)
{
    // The gate becomes the program, under the same number, when it gets a line; it ends when its input does. It reads byte by
    // byte, so what follows the line is the program's.
    private const string Gate = $"read -r {ProcessMark.Prefix}GO && exec \"$@\"";

    /// <summary>The variable PATH that a process of that payload gets; null for none.</summary>
    public static string? PathOf(ProcessPayload payload) =>
        payload.Environment.TryGetValue("PATH", out string? path) ? path
        : payload.ClearsEnvironment ? null
        : Environment.GetEnvironmentVariable("PATH");

    /// <summary>What starts the gate, in a session of its own.</summary>
    public ProcessStartInfo ToGate(string setsid, string shell) =>
        StartInfo([setsid, shell, "-c", Gate, "gate", .. Account is { IsOther: true } ? Account.Prefix() : [], Program, .. Payload.Arguments]);

    /// <summary>What starts the program itself, where there is no gate.</summary>
    public ProcessStartInfo ToProgram() => StartInfo([Program, .. Payload.Arguments]);

    // Like cron, and unlike a program that runs as a part of the host.
    private string? HomeOf(UserAccount? account) =>
        Payload.ClearsEnvironment && Directory.Exists(account?.Home) ? account.Home : null;

    private ProcessStartInfo StartInfo(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Payload.WorkingDirectory ?? HomeOf(Account) ?? "",
        };
        IDictionary<string, string?> environment = start.Environment;
        if (Payload.ClearsEnvironment)
        {
            environment.Clear();
        }

        // A program that gets nothing of the host's environment, or runs as somebody else, finds what a login would have set.
        if (Account is not null && (Payload.ClearsEnvironment || Account.IsOther))
        {
            environment["USER"] = Account.Name;
            environment["LOGNAME"] = Account.Name;
            environment["HOME"] = Account.Home;
        }

        foreach ((string name, string value) in Payload.Environment)
        {
            environment[name] = value;
        }

        environment[ProcessMark.RunVariable] = Run;
        environment[ProcessMark.Variable] = Mark;
        return start;
    }
}
