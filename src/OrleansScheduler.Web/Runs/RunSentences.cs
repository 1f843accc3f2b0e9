using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Web.Runs;

/// <summary>Tells people about a run of a schedule.</summary>
internal static class RunSentences
{
    /// <summary>Where it comes from, how it went, what it changed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="space">The space of the schedule's target; null for none.</param>
    /// <param name="isTargetKnown">False when the schedule is gone, and its target with it.</param>
    /// <param name="commit">Its commit, if the space still describes it.</param>
    public static ImmutableArray<string> Of(ScheduleRun run, SpaceId? space, bool isTargetKnown, CommitRecord? commit) =>
    [
        run.Origin == OccurrenceOrigin.Manual
            ? $"{run.RequestedBy ?? "Somebody"} asked for this run at {Text(run.Instant)}."
            : $"The trigger of {run.Run.Schedule} made this run due at {Text(run.Instant)}.",
        Course(run),
        .. run.Error is { } error ? [$"It reported {error.Code}: {error.Message}"] : Array.Empty<string>(),
        Change(run, space, isTargetKnown, commit),
    ];

    // Until it starts it waits: since it was noticed for a slot, or for the earliest instant that its jitter allows.
    private static string Course(ScheduleRun run)
    {
        if (run.StartedAt is not { } started)
        {
            var end = run.EndedAt is { } gone ? $" {Text(Difference(run.QueuedAt, gone))} later" : "";
            var from = run.NotBefore is { } earliest ? $", to start at {Text(earliest)} at the earliest" : "";
            return run.Status == RunStatus.Queued
                ? $"It waits for a slot since {Text(run.QueuedAt)}{from}."
                : $"It never started, and {Verb(run.Status)}{end}.";
        }

        var start = $"It started {Text(Difference(run.Instant, started))} later";
        return run.EndedAt is { } ended
            ? $"{start} and {Verb(run.Status)} after {Text(Difference(started, ended))}."
            : $"{start} and {Verb(run.Status)}.";
    }

    private static string Verb(RunStatus status) => status switch
    {
        RunStatus.Queued => "waits for a slot",
        RunStatus.Running => "is under way",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Timeout => "was ended by its time limit",
        RunStatus.Aborted => "was ended by a person or by the stopping host",
        RunStatus.HostLost => "was lost with its host",
        RunStatus.LeaseExpired => "held its slot longer than it may",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a known status."),
    };

    private static string Change(ScheduleRun run, SpaceId? space, bool isTargetKnown, CommitRecord? commit)
    {
        if (!isTargetKnown)
        {
            return run.Commit is { } number
                ? Invariant($"It made commit {number} of a space that went out of sight with its schedule.")
                : "Its schedule is deleted, so nobody knows which space it could have changed.";
        }

        if (space is null)
        {
            return "It has no space that it could have changed.";
        }

        if (run.Commit is not { } sequence)
        {
            return run.Status is RunStatus.Queued or RunStatus.Running or RunStatus.HostLost or RunStatus.LeaseExpired
                ? $"No commit of it to {space} is known."
                : $"It changed nothing in {space}.";
        }

        return commit is null
            ? Invariant($"It made commit {sequence} of {space}, which the space no longer describes.")
            : Invariant($"It made commit {sequence} of {space}, which changed {Places(commit)}.");
    }

    private static string Places(CommitRecord commit)
    {
        var named = string.Join(", ", commit.Addresses.Select(address => $"'{address}'"));
        var rest = commit.AddressesTotal - commit.Addresses.Length;
        return rest > 0 ? Invariant($"{named} and {rest} more") : named;
    }

    // Clocks of two machines may disagree by a little; a negative length would only confuse.
    private static TimeSpan Difference(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;

    private static string Text(TimeSpan length) => Duration.Format(length);

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
