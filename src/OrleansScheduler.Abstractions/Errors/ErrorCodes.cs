namespace OrleansScheduler.Errors;

/// <summary>Every code a <see cref="SchedulerException"/> can carry. Codes are stable; messages are not.</summary>
public static class ErrorCodes
{
    /// <summary>A fault of the product itself.</summary>
    public const string Internal = "internal";

    /// <summary>The text is not JSON. Details: <c>position</c> in bytes.</summary>
    public const string JsonMalformed = "json_malformed";

    /// <summary>The JSON is nested deeper than the limit.</summary>
    public const string JsonTooDeep = "json_too_deep";

    /// <summary>The JSON, a text or a number in it is longer than the limit.</summary>
    public const string JsonTooLarge = "json_too_large";

    /// <summary>An object names one key twice. Details: <c>key</c>.</summary>
    public const string JsonDuplicateKey = "json_duplicate_key";

    /// <summary>A path or document id does not parse. Details: <c>position</c>.</summary>
    public const string PathInvalid = "path_invalid";

    /// <summary>A JSON patch does not apply. Details: <c>index</c> of the operation, <c>reason</c>.</summary>
    public const string PatchFailed = "patch_failed";

    /// <summary>A field of a request is missing, unknown, of the wrong type or out of range. Details: <c>field</c>.</summary>
    public const string RequestInvalid = "request_invalid";

    /// <summary>An id does not parse.</summary>
    public const string IdInvalid = "id_invalid";

    /// <summary>What the request names does not exist.</summary>
    public const string NotFound = "not_found";

    /// <summary>A confirmed read of a commit is no longer current. Details: <c>address</c>, <c>sequence</c>.</summary>
    public const string ReadConflict = "read_conflict";

    /// <summary>The pair of session and local sequence was used for another commit.</summary>
    public const string SessionReused = "session_reused";

    /// <summary>The local sequence lies below what the space remembers of the session.</summary>
    public const string ReceiptExpired = "receipt_expired";

    /// <summary>The space remembers as many writer sessions as it may.</summary>
    public const string TooManySessions = "too_many_sessions";

    /// <summary>A write leads through a value that has no such child. Details: <c>address</c>.</summary>
    public const string PathConflict = "path_conflict";

    /// <summary>A commit holds more operations, reads or bytes than the limit.</summary>
    public const string CommitTooLarge = "commit_too_large";

    /// <summary>The space no longer keeps its contents of that sequence.</summary>
    public const string SnapshotGone = "snapshot_gone";

    /// <summary>No handler of that name is registered in this process. Details: <c>handler</c>.</summary>
    public const string UnknownHandler = "unknown_handler";

    /// <summary>The handler was abandoned too often and is refused until it is registered again. Details: <c>handler</c>.</summary>
    public const string HandlerRefused = "handler_refused";

    /// <summary>A definition reads what it declares to write. Details: <c>input</c>, <c>output</c>.</summary>
    public const string SelfDependent = "self_dependent";

    /// <summary>The space holds as many actions as it may.</summary>
    public const string TooManyActions = "too_many_actions";

    /// <summary>A name fits several actions; the id is needed. Details: <c>candidates</c>.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>The schedule has a run under way, and its policy allows one.</summary>
    public const string RunOpen = "run_open";

    /// <summary>The schedule has completed or was deleted; nothing will run.</summary>
    public const string ScheduleCompleted = "schedule_completed";

    /// <summary>The id is taken by another definition.</summary>
    public const string AlreadyExists = "already_exists";

    /// <summary>The actor has as many unanswered requests as it may. Repeat later.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>The write may or may not have landed. Repeat with the same request id. Details: <c>reason</c>.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The host or the actor is shutting down. Repeat later.</summary>
    public const string Stopping = "stopping";

    /// <summary>The disk or the database's page limit is exhausted.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>Storage refused or failed the operation.</summary>
    public const string StorageFailed = "storage_failed";

    /// <summary>Another process has the data folder open. Details: <c>folder</c>.</summary>
    public const string StorageLocked = "storage_locked";

    /// <summary>The data was written by a newer version and is left untouched. Details: <c>format</c>, <c>known</c>.</summary>
    public const string StorageFormat = "storage_format";

    /// <summary>Another activation wrote to the journal; this one ends itself.</summary>
    public const string JournalConflict = "journal_conflict";

    /// <summary>A stored row fails its checksum. Details: <c>journal</c>, <c>row</c>.</summary>
    public const string CorruptState = "corrupt_state";

    /// <summary>Actions keep marking each other. Details: <c>actions</c>.</summary>
    public const string NotSettling = "not_settling";

    /// <summary>The answer did not come within the limit.</summary>
    public const string Timeout = "timeout";

    /// <summary>A cron expression does not parse. Details: <c>position</c> in characters, <c>expected</c>.</summary>
    public const string CronInvalid = "cron_invalid";

    /// <summary>A phrase for a time is not understood. Details: <c>position</c> in characters, <c>expected</c>.</summary>
    public const string PhraseInvalid = "phrase_invalid";

    /// <summary>The policy is known but not run by this version. Details: <c>field</c>, <c>supported</c>.</summary>
    public const string PolicyUnsupported = "policy_unsupported";

    /// <summary>What was to be replaced has another revision. Details: <c>revision</c>, the present one.</summary>
    public const string RevisionConflict = "revision_conflict";

    /// <summary>The zone is not known to this machine. Details: <c>field</c>.</summary>
    public const string ZoneUnknown = "zone_unknown";

    /// <summary>As many runs wait for a slot as may.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>A command or program that no administrator has allowed. Details: <c>hash</c> of the command, <c>program</c>.</summary>
    public const string CommandNotAllowed = "command_not_allowed";

    /// <summary>A file of definitions does not hold what it should. Details: <c>faults</c>.</summary>
    public const string DefinitionInvalid = "definition_invalid";

    /// <summary>Only an administrator may do this, and the request does not show that one asks.</summary>
    public const string AdministratorNeeded = "administrator_needed";

    /// <summary>An archive is cut off, was changed, or holds what no archive holds. Details: <c>line</c> from 1, <c>expected</c>.</summary>
    public const string ArchiveInvalid = "archive_invalid";

    /// <summary>An archive is imported only where nothing is yet. Details: <c>folder</c>.</summary>
    public const string DeploymentNotEmpty = "deployment_not_empty";
}
