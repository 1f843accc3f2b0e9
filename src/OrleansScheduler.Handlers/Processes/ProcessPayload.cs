using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>The payload of <c>process</c>.</summary>
/// <param name="Program"><c>program</c>, or <c>shell</c>: a name that is searched in PATH, or a path.</param>
/// <param name="Arguments"><c>arguments</c>, or <c>-c</c> and <c>command</c>.</param>
/// <param name="UsesShell">True for <c>shell</c>.</param>
/// <param name="Environment"><c>environment</c>: variables over those of the host.</param>
/// <param name="ClearsEnvironment"><c>clear_environment</c>: nothing of the host's environment is passed on, and HOME, LOGNAME
/// and USER are those of the user who runs it, unless <c>environment</c> says otherwise; default false.</param>
/// <param name="WorkingDirectory"><c>working_directory</c>: a full path; null for the host's, or with a
/// cleared environment for the home folder of the user who runs it.</param>
/// <param name="Input"><c>input</c>: the standard input; default none.</param>
/// <param name="User"><c>user</c>: a name or number; null for the host's.</param>
/// <param name="ExpectedExitCodes"><c>expected_exit_codes</c>: 1 to 100 of them; default 0.</param>
/// <param name="OutputBytesMax"><c>output_bytes_max</c>: kept of each of both outputs; 0 to 1 MiB, default 64 KiB.</param>
/// <param name="Write"><c>write</c>: where the outcome goes; null for nowhere.</param>
internal sealed record ProcessPayload(
    string Program,
    ImmutableArray<string> Arguments,
    bool UsesShell,
    ImmutableSortedDictionary<string, string> Environment,
    bool ClearsEnvironment,
    string? WorkingDirectory,
    string Input,
    string? User,
    ImmutableArray<int> ExpectedExitCodes,
    int OutputBytesMax,
    Address? Write)
{
    private const int ArgumentCharsMax = 64 << 10;

    /// <summary>True when the permission of the program alone can count: nothing but arguments and input is chosen. A shell makes everything
    /// of its arguments, and variables, users and folders can make everything of a program (<c>LD_PRELOAD</c>, <c>BASH_ENV</c>, <c>PATH</c>).</summary>
    public bool IsPlain => !UsesShell && Environment.IsEmpty && User is null && WorkingDirectory is null;

    public static ProcessPayload Of(JsonValue? payload)
    {
        PayloadReader reader = PayloadReader.Of(payload);
        bool usesShell = reader.Has("shell");
        string program = reader.RequiredText(usesShell ? "shell" : "program", 4_000);
        ImmutableArray<string> arguments = usesShell
            ? ["-c", Unbroken(reader, "command", reader.RequiredText("command", ArgumentCharsMax))]
            : reader.Texts("arguments", 1_000, ArgumentCharsMax);
        if (program.Length == 0)
        {
            throw reader.Invalid(usesShell ? "shell" : "program", "is empty");
        }

        var result = new ProcessPayload(
            Unbroken(reader, usesShell ? "shell" : "program", program),
            [.. arguments.Select((argument, index) => Unbroken(reader, $"arguments[{index}]", argument))],
            usesShell,
            EnvironmentOf(reader),
            reader.Flag("clear_environment", absent: false),
            DirectoryOf(reader),
            reader.Text("input", 1 << 20) ?? "",
            UserOf(reader),
            reader.Has("expected_exit_codes") ? reader.Integers("expected_exit_codes", 100, int.MinValue, int.MaxValue) : [0],
            reader.Integer("output_bytes_max", 64 << 10, 0, 1 << 20),
            reader.Address("write"));
        if (result.ExpectedExitCodes.IsEmpty)
        {
            throw reader.Invalid("expected_exit_codes", "is empty");
        }

        reader.End();
        return result;
    }

    private static ImmutableSortedDictionary<string, string> EnvironmentOf(PayloadReader reader)
    {
        var environment = reader.TextMap("environment", 1_000, ArgumentCharsMax);
        foreach ((string name, string value) in environment)
        {
            Unbroken(reader, $"environment.{name}", value);
            bool isName = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            if (!isName || name.StartsWith(ProcessMark.Prefix, StringComparison.Ordinal))
            {
                throw reader.Invalid($"environment.{name}", "is no name of a variable, or one of the scheduler's own");
            }
        }

        return environment;
    }

    private static string? DirectoryOf(PayloadReader reader)
    {
        string? directory = reader.Text("working_directory", 4_000);
        return directory is null || Path.IsPathFullyQualified(directory)
            ? directory is null ? null : Unbroken(reader, "working_directory", directory)
            : throw reader.Invalid("working_directory", "must be a full path");
    }

    private static string? UserOf(PayloadReader reader)
    {
        string? user = reader.Text("user", 100);
        bool isName = user is null || (user.Length > 0 && user[0] is not ('-' or '.') && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'));
        return isName ? user : throw reader.Invalid("user", "is no name of a user");
    }

    private static string Unbroken(PayloadReader reader, string name, string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw reader.Invalid(name, "holds a NUL character") : text;
}
