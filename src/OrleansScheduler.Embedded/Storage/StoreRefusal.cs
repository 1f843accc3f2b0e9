using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The answers of both stores to what they will not do.</summary>
internal static class StoreRefusal
{
    public static SchedulerException Conflict(string kind, string key, long expected, long end) =>
        new StorageException(
            ErrorCodes.JournalConflict,
            $"The journal {kind}/{key} ends at {end}, not at {expected}: another activation wrote.",
            isTransient: false);

    public static SchedulerException Removed(string kind, string key) =>
        new StorageException(
            ErrorCodes.JournalConflict,
            $"The journal {kind}/{key} was removed when it was empty, and began anew: another activation wrote.",
            isTransient: false);

    public static SchedulerException SnapshotConflict(string kind, string key, long position, long snapshot, long end) =>
        new StorageException(
            ErrorCodes.JournalConflict,
            $"A snapshot of {kind}/{key} at {position} lies outside of {snapshot} to {end}: another activation wrote.",
            isTransient: false);

    public static SchedulerException ETagConflict(string kind, string key, string name) =>
        new StorageException(
            ErrorCodes.JournalConflict,
            $"The state {name} of {kind}/{key} has another ETag: another activation wrote.",
            isTransient: false);

    public static Exception TruncateBeyondSnapshot(string kind, string key, long position, long snapshot) =>
        new ArgumentOutOfRangeException(
            nameof(position), position, $"Entries of {kind}/{key} are needed after its snapshot at {snapshot}.");

    public static SchedulerException Overloaded(int waitingMax) =>
        new OverloadedException($"{waitingMax} storage operations wait, which is the limit.");

    public static SchedulerException Unfinished() => new SchedulerException(
        ErrorCodes.OutcomeUnknown, "The store was closed while this was being written.", isTransient: true)
        .With("reason", ErrorCodes.Stopping);

    public static SchedulerException Closed() =>
        new(ErrorCodes.Stopping, "The store is closed.", isTransient: true);
}
