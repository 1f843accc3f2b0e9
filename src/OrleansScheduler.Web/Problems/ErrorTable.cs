using System.Collections.Frozen;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Web.Problems;

/// <summary>The one place that says which code has which status.</summary>
/// <remarks>
/// 400: the request itself is wrong. 422: it is well-formed, but cannot be done to what is there. 409: it contradicts the
/// present state, and may succeed when that changes. 410: it names what was there once. 5xx: the fault is on this side.
/// A condition that the request itself set, in <c>If-Match</c> or <c>If-None-Match</c>, is 412 under the code of what broke it,
/// and an administrator's work without any <c>Authorization</c> is 401: see <see cref="RefusedException"/>.
/// </remarks>
internal static class ErrorTable
{
    private static readonly ErrorRow Unlisted = new(500, "Internal error");

    private static readonly FrozenDictionary<string, ErrorRow> Rows = new Dictionary<string, ErrorRow>
    {
        [ErrorCodes.JsonMalformed] = new(400, "Malformed JSON"),
        [ErrorCodes.JsonTooDeep] = new(400, "JSON nested too deeply"),
        [ErrorCodes.JsonDuplicateKey] = new(400, "Duplicate key"),
        [ErrorCodes.PathInvalid] = new(400, "Invalid path"),
        [ErrorCodes.RequestInvalid] = new(400, "Invalid request"),
        [ErrorCodes.IdInvalid] = new(400, "Invalid id"),
        [ErrorCodes.CronInvalid] = new(400, "Invalid cron expression"),
        [ErrorCodes.PhraseInvalid] = new(400, "Phrase not understood"),
        [ErrorCodes.ZoneUnknown] = new(400, "Unknown time zone"),
        [ErrorCodes.PolicyUnsupported] = new(422, "Policy not supported"),
        [ErrorCodes.DefinitionInvalid] = new(400, "Invalid definitions"),
        [ErrorCodes.AdministratorNeeded] = new(403, "Administrator needed"),
        [ErrorCodes.CommandNotAllowed] = new(403, "Command not allowed"),
        [ApiErrorCodes.OriginRefused] = new(403, "Refused origin"),
        [ErrorCodes.NotFound] = new(404, "Not found"),
        [ApiErrorCodes.RouteUnknown] = new(404, "Unknown address"),
        [ApiErrorCodes.MethodNotAllowed] = new(405, "Method not allowed"),
        [ApiErrorCodes.BodyTooSlow] = new(408, "Body too slow"),
        [ErrorCodes.ReadConflict] = new(409, "A read is no longer current"),
        [ErrorCodes.SessionReused] = new(409, "Session number reused"),
        [ErrorCodes.TooManySessions] = new(409, "Too many writer sessions"),
        [ErrorCodes.PathConflict] = new(409, "Path conflict"),
        [ErrorCodes.HandlerRefused] = new(409, "Handler refused"),
        [ErrorCodes.TooManyActions] = new(409, "Too many actions"),
        [ErrorCodes.Ambiguous] = new(409, "Ambiguous name"),
        [ErrorCodes.RunOpen] = new(409, "A run is under way"),
        [ErrorCodes.ScheduleCompleted] = new(409, "Schedule completed"),
        [ErrorCodes.AlreadyExists] = new(409, "Already exists"),
        [ErrorCodes.RevisionConflict] = new(409, "Changed meanwhile"),
        [ErrorCodes.NotSettling] = new(409, "Not settling"),
        [ErrorCodes.DeploymentNotEmpty] = new(409, "Deployment not empty"),
        [ErrorCodes.ReceiptExpired] = new(410, "Receipt expired"),
        [ErrorCodes.SnapshotGone] = new(410, "Snapshot gone"),
        [ApiErrorCodes.PreconditionFailed] = new(412, "Precondition failed"),
        [ErrorCodes.JsonTooLarge] = new(413, "JSON too large"),
        [ErrorCodes.CommitTooLarge] = new(413, "Commit too large"),
        [ApiErrorCodes.ContentTypeUnsupported] = new(415, "Unsupported content type"),
        [ErrorCodes.ArchiveInvalid] = new(422, "Invalid archive"),
        [ErrorCodes.PatchFailed] = new(422, "Patch does not apply"),
        [ErrorCodes.UnknownHandler] = new(422, "Unknown handler"),
        [ErrorCodes.SelfDependent] = new(422, "Self-dependent action"),
        [ErrorCodes.QueueFull] = new(429, "Queue full", Passes: true),
        [ErrorCodes.Overloaded] = new(429, "Overloaded", Passes: true),
        [ErrorCodes.Internal] = Unlisted,
        [ErrorCodes.CorruptState] = new(500, "Damaged state"),
        [ApiErrorCodes.HostUnable] = new(501, "Not possible on this host"),
        [ErrorCodes.OutcomeUnknown] = new(503, "Outcome unknown", Passes: true),
        [ErrorCodes.Stopping] = new(503, "Stopping", Passes: true),
        [ErrorCodes.StorageFull] = new(503, "Storage full", Passes: true),
        [ErrorCodes.StorageFailed] = new(503, "Storage failed", Passes: true),
        [ErrorCodes.StorageLocked] = new(503, "Storage locked", Passes: true),
        [ErrorCodes.StorageFormat] = new(503, "Unknown storage format", Passes: true),
        [ErrorCodes.JournalConflict] = new(503, "Moved to another activation", Passes: true),
        [ErrorCodes.Timeout] = new(504, "Timeout", Passes: true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The row of a code; for a code without one that of an internal error.</summary>
    public static ErrorRow Of(string code) => Rows.GetValueOrDefault(code, Unlisted);

    /// <summary>Whether the code has a row of its own.</summary>
    public static bool Lists(string code) => Rows.ContainsKey(code);
}
