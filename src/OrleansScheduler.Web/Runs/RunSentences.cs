using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Tells people about a run of a schedule.</summary>
internal static class RunSentences
{
    /// <summary>Where it comes from, how it went, what it changed.</summary>
    public static ImmutableArray<string> Of(ScheduleRun run, SpaceId? space, CommitRecord? commit) =>
    [
        run.Origin == OccurrenceOrigin.Manual
            ? $"{run.RequestedBy ?? "Somebody"} asked for this run at {Text(run.Instant)}."
            : $"The trigger of {run.Run.Schedule} made this run due at {Text(run.Instant)}.",
        Course(run),
        .. run.Error is { } error ? [$"It reported {error.Code}: {error.Message}"] : Array.Empty<string>(),
        Change(run, space, commit),
    ];

    private static string Course(ScheduleRun run)
    {
        var start = $"It started {Text(Difference(run.Instant, run.StartedAt))} later";
        return run.EndedAt is { } end
            ? $"{start} and {Verb(run.Status)} after {Text(Difference(run.StartedAt, end))}."
            : $"{start} and {Verb(run.Status)}.";
    }

    private static string Verb(RunStatus status) => status switch
    {
        RunStatus.Running => "is under way",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Timeout => "was ended by its time limit",
        RunStatus.Aborted => "was ended by a person or by the stopping host",
        RunStatus.HostLost => "was lost with its host",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a known status."),
    };

    private static string Change(ScheduleRun run, SpaceId? space, CommitRecord? commit)
    {
        if (space is null)
        {
            return "It has no space that it could have changed.";
        }

        if (run.Commit is not { } sequence)
        {
            return run.Status is RunStatus.Running or RunStatus.HostLost
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
