using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Web.Runs;

/// <summary>Why a run of a schedule happened, and what it changed.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Origin">What made it due.</param>
/// <param name="Instant">The nominal instant, or that of the request.</param>
/// <param name="RequestedBy">Who asked for it; null for the trigger.</param>
/// <param name="Status">How it ended, or that it has not.</param>
/// <param name="Space">The space that it may have changed; null for none.</param>
/// <param name="Commit">What it changed; null when it changed nothing, or the space no longer describes it.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
/// <param name="Sentences">The same for people.</param>
internal sealed record RunExplanation(
    RunId Run,
    OccurrenceOrigin Origin,
    DateTimeOffset Instant,
    string? RequestedBy,
    RunStatus Status,
    SpaceId? Space,
    CommitRecord? Commit,
    RunError? Error,
    ImmutableArray<string> Sentences)
{
    /// <summary>The explanation of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="space">The space of the schedule's target; null for none.</param>
    /// <param name="isTargetKnown">False when the schedule is gone, and its target with it.</param>
    /// <param name="commit">Its commit, if the space still describes it.</param>
    public static RunExplanation Of(ScheduleRun run, SpaceId? space, bool isTargetKnown, CommitRecord? commit) => new(
        run.Run,
        run.Origin,
        run.Instant,
        run.RequestedBy,
        run.Status,
        space,
        commit,
        run.Error,
        RunSentences.Of(run, space, isTargetKnown, commit));
}
