using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Decides waves: writers before readers, and nobody who is not live.</summary>
internal sealed class WavePlanner(SpaceState state, Liveness liveness, HandlerCatalog handlers)
{
    /// <summary>So many runs may follow from each other in a circle before its members have to pause.</summary>
    public const int RoundsMax = 20;

    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(60);

    public bool HasRunnable => 
        state.Actions.Dirty.Any(node => IsAvailable(node) && (node.Definition.Kind == ActionKind.Effect || liveness.Live.Contains(node)));

    public WaveDecision Decide(PlanRequest request, DateTimeOffset now)
    {
        IReadOnlySet<ActionNode> wanted = Wanted(request, out List<HashSet<ActionNode>> demands);
        HashSet<ActionNode> running = Running(request);
        List<ActionNode> pending = [.. state.Actions.Dirty.Where(node => !running.Contains(node) && wanted.Contains(node) && IsAvailable(node))];
        ImmutableArray<bool> met = [.. demands.Select(demand => !demand.Overlaps(running) && !pending.Any(node => demand.Contains(node) && Counts(node, now)))];
        DateTimeOffset? nextEligible = null;
        List<ActionNode> holding = [.. running];
        foreach (ActionNode node in pending)
        {
            DateTimeOffset? waits = WaitsUntil(node, now);
            nextEligible = waits is not null && (nextEligible is null || waits < nextEligible) ? waits : nextEligible;

            if (waits is null || !IsPassedOver(node, now))
            {
                holding.Add(node);
            }
        }

        List<ActionNode> ready = holding.Count == 0 ? [] : new WaveOrder(state.Actions, wanted).Ready(holding);
        ready.RemoveAll(node => running.Contains(node) || WaitsUntil(node, now) is not null);
        ready.Sort((one, other) => one.Id.CompareTo(other.Id));
        return Split(ready, request, now, nextEligible, met);
    }

    private WaveDecision Split(List<ActionNode> ready, PlanRequest request, DateTimeOffset now, DateTimeOffset? nextEligible, ImmutableArray<bool> met)
    {
        var clean = ImmutableArray.CreateBuilder<ActionId>();
        var run = ImmutableArray.CreateBuilder<ActionNode>();
        bool pausing = false;
        foreach (ActionNode node in ready)
        {
            if (IsVerified(node))
            {
                clean.Add(node.Id);
            }
            else if (run.Count < request.RunsMax && Pauses(node, now))
            {
                pausing = true;
                nextEligible = nextEligible is null || node.Pass.PausedUntil < nextEligible ? node.Pass.PausedUntil : nextEligible;
            }
            else if (run.Count < request.RunsMax)
            {
                run.Add(node);
            }
        }

        // Whoever waited for a circle that has just begun to pause waits no longer. Each round leaves fewer that can begin to.
        return pausing && run.Count == 0 && clean.Count == 0
            ? Decide(request, now)
            : new WaveDecision(clean.ToImmutable(), run.ToImmutable(), nextEligible, met);
    }

    // Only read causes are verified; any other forces the run. What the action changed itself among what it reads has no cause.
    private bool IsVerified(ActionNode node) =>
        node.Causes.Forcing.Count == 0 && node.Observation is { } observation
        && observation.Reads.All(read => !node.Causes.Reads.ContainsKey(new ReadKey(read.Address, read.Depth)) || state.Tree.IsCurrent(read));

    /// <summary>True for a member of a circle that does not come to rest: it has to wait, longer each time.</summary>
    private bool Pauses(ActionNode node, DateTimeOffset now)
    {
        int depth = node.Causes.Reads.Values.Select(mark => mark.Depth).DefaultIfEmpty(0).Max();
        if (depth <= RoundsMax || !new WaveOrder(state.Actions, liveness.Live).IsInCircle(node))
        {
            node.Pass.Pauses = 0;
            return false;
        }

        if (node.Pass.PausedUntil is { } until && !IsAhead(until, now))
        {
            // The pause is over: one more run, then the next pause is longer.
            node.Pass.PausedUntil = null;
            return false;
        }

        double seconds = Math.Min(Math.Pow(2, Math.Min(node.Pass.Pauses++, 10)), PauseMax.TotalSeconds);
        node.Pass.PausedUntil = now + TimeSpan.FromSeconds(seconds);
        return true;
    }

    private IReadOnlySet<ActionNode> Wanted(PlanRequest request, out List<HashSet<ActionNode>> demands)
    {
        demands = [.. request.Demand.Select(liveness.Upstream)];
        if (demands.Count == 0)
        {
            return liveness.Live;
        }

        HashSet<ActionNode> wanted = [.. liveness.Live];
        demands.ForEach(wanted.UnionWith);
        return wanted;
    }

    private HashSet<ActionNode> Running(PlanRequest request)
    {
        HashSet<ActionNode> running = new(ReferenceEqualityComparer.Instance);
        foreach (ActionId action in request.Running)
        {
            if (state.Actions.TryGet(action, out ActionNode? node))
            {
                running.Add(node);
            }
        }

        return running;
    }

    // A run of a refused handler would read nothing, so nothing would ever make the action run again: it stays dirty instead.
    private bool IsAvailable(ActionNode node) => handlers.CanCall(node.Definition.Handler);

    private static bool Counts(ActionNode node, DateTimeOffset now) => WaitsUntil(node, now) is null || !IsPassedOver(node, now);

    // What waits only because it failed, or for its circle to calm down, holds up neither its readers nor a pull: its values
    // are what they are. The short pause after a conflict is another matter: then a newer value is on its way.
    private static bool IsPassedOver(ActionNode node, DateTimeOffset now) =>
        node.Causes.IsRetryOnly || (node.Pass.Pauses > 0 && node.Pass.PausedUntil is { } until && IsAhead(until, now));

    private static DateTimeOffset? WaitsUntil(ActionNode node, DateTimeOffset now)
    {
        DateTimeOffset? until = node.EligibleAt > node.Pass.PausedUntil || node.Pass.PausedUntil is null ? node.EligibleAt : node.Pass.PausedUntil;
        return until is { } at && IsAhead(at, now) ? at : null;
    }

    // No pause is longer than the longest: what lies further ahead was computed before the clock was set back.
    private static bool IsAhead(DateTimeOffset until, DateTimeOffset now) => until > now && until - now <= PauseMax;
}
