using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What becomes of the result of a run.</summary>
/// <param name="Outcome">Whether it is kept.</param>
/// <param name="Entry">The entry that keeps it; null when it was kept before or is not kept.</param>
internal sealed record LandDecision(Landing Outcome, SpaceEntry.Landed? Entry)
{
    private static readonly LandDecision Dropped = new(Landing.Dropped, null);

    public static LandDecision Decide(SpaceState state, RunResult result, DateTimeOffset now)
    {
        if (!state.Actions.TryGet(result.Action, out ActionNode? node) || node.Revision != result.Revision || result.CauseHigh < node.Born)
        {
            return Dropped;
        }

        if (node.Observation is { } kept && kept.Run == result.Run)
        {
            // Kept already, or another settler's run of the same number: told apart by what it did.
            return kept.StartedAt == result.StartedAt && kept.Sequence == result.Sequence ? new LandDecision(Landing.Kept, null) : Dropped;
        }

        if (node.LastRun + 1 != result.Run)
        {
            return Dropped;
        }

        if (node.Definition.Kind == ActionKind.Computation && !result.Reads.All(state.Tree.IsCurrent))
        {
            return new LandDecision(Landing.Conflict, null);
        }

        return new LandDecision(Landing.Kept, Accept(state, node, result, now));
    }

    private static SpaceEntry.Landed Accept(SpaceState state, ActionNode node, RunResult result, DateTimeOffset now)
    {
        try
        {
            OperationRules.Check(result.Operations);
            TreeChange change = TreeEdit.Apply(state.Tree, result.Operations);
            return new SpaceEntry.Landed(result, node.Implementation, now) { Prepared = change };
        }
        catch (SchedulerException fault) when (fault is not InvariantException)
        {
            RunResult failed = result with { Status = RunStatus.Failed, Error = new RunError(fault.Code, fault.Message), Operations = [] };
            return new SpaceEntry.Landed(failed, node.Implementation, now);
        }
    }
}
