using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Says in sentences why an action ran, or is to run.</summary>
internal static class ExplanationText
{
    public static ImmutableArray<string> Of(
        ActionSummary action, ActionRun? run, ImmutableArray<Cause> pending, ImmutableArray<CommitRecord> commits)
    {
        var text = ImmutableArray.CreateBuilder<string>();
        if (run is null)
        {
            text.Add("It has not run yet.");
        }
        else
        {
            text.Add(Line($"Run {run.Run} {Ended(run)} after {run.Duration.TotalMilliseconds:0.###} ms; it read at sequence {run.Sequence} and {Wrote(run)}."));
            foreach (Cause cause in run.Causes)
            {
                text.Add("It ran because " + Sentence(cause, commits, "this run saw"));
            }

            if (run.CausesTotal > run.Causes.Length)
            {
                text.Add(Line($"{run.CausesTotal - run.Causes.Length} further causes are not kept."));
            }
        }

        foreach (Cause cause in pending)
        {
            text.Add("It is to run because " + Sentence(cause, commits, "there is now"));
        }

        text.Add(Standing(action));
        return text.ToImmutable();
    }

    private static string Sentence(Cause cause, ImmutableArray<CommitRecord> commits, string present) => cause switch
    {
        ReadCause read => Read(read, commits, present),
        FirstCause => "it had not run before.",
        FingerprintCause => "its code or its definition changed.",
        OccurrenceCause occurrence => $"the schedule's run {occurrence.Run} demanded it.",
        ManualCause manual => $"{manual.Who} asked for it.",
        RetryCause retry => Line($"the run before failed; this is repetition {retry.Attempt} of 3."),
        UnknownCause unknown => $"its observation could not be trusted: {unknown.Reason}.",
        _ => "of a cause that this version does not know.",
    };

    private static string Read(ReadCause read, ImmutableArray<CommitRecord> commits, string present)
    {
        string what = read.Depth == ReadDepth.Deep ? "the value" : "the shape";
        string from = read.From is null ? "not read before" : Line($"{read.From.Hash} as of sequence {read.From.Sequence} before");
        string to = read.To is null ? "it no longer reads it" : Line($"{present} {read.To.Hash} as of sequence {read.To.Sequence}");
        CommitRecord? commit = commits.FirstOrDefault(record => record.Sequence == read.Commit);
        string by = commit is null ? string.Empty : Line($" of {commit.By}, number {commit.Number}");
        return Line($"{what} of '{read.Address}' changed by commit {read.Commit}{by}: {from}, {to}.");
    }

    private static string Ended(ActionRun run) => run.Status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Failed => $"failed ({run.Error?.Code}: {run.Error?.Message})",
        RunStatus.Timeout => "exceeded its time limit",
        RunStatus.Aborted => "was aborted",
        _ => "ended",
    };

    private static string Wrote(ActionRun run) => run.Commit == 0 ? "changed nothing" : Line($"made commit {run.Commit}");

    private static string Standing(ActionSummary action) => action.State switch
    {
        ActionState.Unavailable => $"It does not run: its handler '{action.Handler}' is not registered in this process, or was abandoned too often and is refused until it is.",
        ActionState.Dirty when !action.Live => "It does not run until something live reads what it writes, or somebody pulls it.",
        ActionState.Dirty when action.EligibleAt is { } at => $"It is dirty and waits until {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}.",
        ActionState.Dirty => "It is dirty and runs when those before it have run.",
        ActionState.Stale => "It is stale: something that it depends on is to run.",
        _ => "It is clean: everything that it read is what it was.",
    };

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
