using System.Collections.Frozen;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cli.Outcomes;

/// <summary>The one place that says with what the process ends for which code.</summary>
internal static class ExitTable
{
    /// <summary>The end of every help text.</summary>
    public const string Help = """
        Exit codes:
          0  good
          1  failed on the server, or for a reason without a code of its own
          2  usage: arguments that are not accepted
          3  not found
          4  refused, or in conflict with what is there
          5  the input file or a definition has faults (of a crontab: some lines; the others are imported)
          6  the server is not reachable
          7  not permitted
          8  overloaded, try again later
        """;

    private static readonly FrozenDictionary<string, int> Rows = Table(
        (ExitCode.Failed, [
            ErrorCodes.Internal, ErrorCodes.CorruptState, ErrorCodes.OutcomeUnknown, ErrorCodes.Timeout, ErrorCodes.StorageFull,
            ErrorCodes.StorageFailed, ErrorCodes.StorageLocked, ErrorCodes.StorageFormat, ErrorCodes.JournalConflict,
            CliCodes.AnswerUnreadable, CliCodes.AnswerTooLarge, CliCodes.ServerFailed, CliCodes.Interrupted,
            CliCodes.OutputFailed,
            "route_unknown", "method_not_allowed"]),
        (ExitCode.Usage, [
            ErrorCodes.RequestInvalid, ErrorCodes.IdInvalid, ErrorCodes.PathInvalid, CliCodes.Usage, "content_type_unsupported",
            "body_too_slow"]),
        (ExitCode.NotFound, [ErrorCodes.NotFound]),
        (ExitCode.Refused, [
            ErrorCodes.AlreadyExists, ErrorCodes.RunOpen, ErrorCodes.ScheduleCompleted, ErrorCodes.RevisionConflict,
            ErrorCodes.ReadConflict, ErrorCodes.PathConflict, ErrorCodes.SessionReused, ErrorCodes.ReceiptExpired,
            ErrorCodes.TooManySessions, ErrorCodes.TooManyActions, ErrorCodes.HandlerRefused, ErrorCodes.Ambiguous,
            ErrorCodes.NotSettling, ErrorCodes.SnapshotGone, ErrorCodes.PatchFailed, CliCodes.NoCommand,
            ErrorCodes.DeploymentNotEmpty, "precondition_failed", "origin_refused", "host_unable"]),
        (ExitCode.Faulty, [
            ErrorCodes.DefinitionInvalid, ErrorCodes.CronInvalid, ErrorCodes.PhraseInvalid, ErrorCodes.ZoneUnknown,
            ErrorCodes.PolicyUnsupported, ErrorCodes.UnknownHandler, ErrorCodes.SelfDependent, ErrorCodes.JsonMalformed,
            ErrorCodes.JsonTooDeep, ErrorCodes.JsonTooLarge, ErrorCodes.JsonDuplicateKey, ErrorCodes.CommitTooLarge, ErrorCodes.ArchiveInvalid,
            CliCodes.FileUnreadable, CliCodes.FileTooLarge, CliCodes.FileEmpty, CliCodes.CrontabIncomplete]),
        (ExitCode.Unreachable, [ErrorCodes.Stopping, CliCodes.ServerUnreachable, CliCodes.TimeOut]),
        (ExitCode.NotPermitted, [ErrorCodes.CommandNotAllowed, CliCodes.TokenMissing, CliCodes.HashMissing, ErrorCodes.AdministratorNeeded]),
        (ExitCode.Overloaded, [ErrorCodes.Overloaded, ErrorCodes.QueueFull]));

    /// <summary>Whether the code has a row of its own.</summary>
    public static bool Lists(string code) => Rows.ContainsKey(code);

    /// <summary>The exit code of a code.</summary>
    /// <param name="code">A code of the server or of the command line.</param>
    /// <param name="status">What decides for a code of a newer server; 0 when there was no answer.</param>
    public static int Of(string code, int status = 0) => Rows.TryGetValue(code, out var exit) ? exit : OfStatus(status);

    private static int OfStatus(int status) => status switch
    {
        401 or 403 => ExitCode.NotPermitted,
        404 => ExitCode.NotFound,
        409 or 410 or 412 or 422 => ExitCode.Refused,
        429 => ExitCode.Overloaded,
        >= 400 and < 500 => ExitCode.Usage,
        _ => ExitCode.Failed,
    };

    private static FrozenDictionary<string, int> Table(params (int Exit, string[] Codes)[] rows) =>
        rows.SelectMany(row => row.Codes, (row, code) => KeyValuePair.Create(code, row.Exit)).ToFrozenDictionary(StringComparer.Ordinal);
}
