using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What a space shows of itself: answers that change nothing.</summary>
internal sealed class SpaceView(SpaceState state, Liveness liveness, HandlerCatalog handlers)
{
    private const int CausesShown = 100;
    private const int NodesShown = 10_000;
    private const int EdgesShown = 100_000;

    public SpaceSummary Summarize(string space)
    {
        int failed = state.Actions.All.Count(node => node.Observation is { Status: not RunStatus.Completed });
        return new SpaceSummary(
            space, state.Tree.Sequence, state.Tree.Root.Count, state.Actions.Count, liveness.Live.Count, state.Actions.Dirty.Count, failed, state.Sessions.Count, state.Runs);
    }

    public DocumentPage ListDocuments(string? after, int limit)
    {
        var page = ImmutableArray.CreateBuilder<string>();
        foreach (string document in state.Tree.Root.Keys)
        {
            if (after is not null && string.CompareOrdinal(document, after) <= 0)
            {
                continue;
            }

            if (page.Count == limit)
            {
                return new DocumentPage(state.Tree.Sequence, page.ToImmutable(), page[^1]);
            }

            page.Add(document);
        }

        return new DocumentPage(state.Tree.Sequence, page.ToImmutable(), null);
    }

    public CommitPage ListCommits(long after, int limit) =>
        new(state.Tree.Sequence, state.History.Oldest, [.. state.History.After(after).Take(limit)]);

    public ActionPage ListActions(string? after, int limit)
    {
        IReadOnlySet<ActionNode> stale = Stale();
        List<ActionSummary> page = [];
        foreach (ActionNode node in state.Actions.All)
        {
            if (after is not null && string.CompareOrdinal(node.Id.ToString(), after) <= 0)
            {
                continue;
            }

            if (page.Count == limit)
            {
                return new ActionPage(state.Tree.Sequence, [.. page], page[^1].Action.ToString());
            }

            page.Add(Summarize(node, stale));
        }

        return new ActionPage(state.Tree.Sequence, [.. page], null);
    }

    public ActionDetail Detail(string idOrName)
    {
        ActionNode node = state.Actions.Find(idOrName);
        return new ActionDetail(
            Summarize(node, Stale()), node.Definition, node.Revision, Pending(node), node.Observation, [.. node.Runs.Reverse()]);
    }

    public Explanation Explain(string idOrName, long? run)
    {
        ActionNode node = state.Actions.Find(idOrName);
        ActionRun? explained = run is null ? node.Runs.LastOrDefault() : node.Runs.FirstOrDefault(kept => kept.Run == run);
        if (run is not null && explained is null)
        {
            throw new SchedulerException(ErrorCodes.NotFound, $"The action '{node.Id}' keeps no run {run}; it ran {node.LastRun} times and keeps the last {ActionNode.RunsKept}.");
        }

        ImmutableArray<Cause> pending = Pending(node);
        ActionSummary summary = Summarize(node, Stale());
        ImmutableArray<CommitRecord> commits =
        [
            .. pending.Concat(explained?.Causes ?? []).OfType<ReadCause>().Select(cause => cause.Commit).Distinct().Order()
                .Select(sequence => state.History.TryGet(sequence, out CommitRecord? record) ? record : null).OfType<CommitRecord>(),
        ];
        return new Explanation(
            node.Id, summary.State, summary.Live, explained, pending, commits, ExplanationText.Of(summary, explained, pending, commits));
    }

    public SpaceGraph Graph()
    {
        IReadOnlySet<ActionNode> stale = Stale();
        ImmutableArray<ActionSummary> nodes = [.. state.Actions.All.Take(NodesShown).Select(node => Summarize(node, stale))];
        HashSet<GraphEdge> edges = [];
        foreach (ActionNode writer in state.Actions.All.Take(NodesShown))
        {
            foreach (ActionNode reader in ReadersOf(writer).TakeWhile(_ => edges.Count < EdgesShown))
            {
                edges.Add(new GraphEdge(writer.Id, reader.Id));
            }
        }

        bool truncated = state.Actions.Count > NodesShown || edges.Count >= EdgesShown;
        return new SpaceGraph(
            state.Tree.Sequence, nodes, [.. edges.OrderBy(edge => edge.Writer).ThenBy(edge => edge.Reader)], truncated);
    }

    private ImmutableArray<Cause> Pending(ActionNode node)
    {
        var causes = ImmutableArray.CreateBuilder<Cause>();
        causes.AddRange(node.Causes.Forcing);
        foreach ((ReadKey key, ReadMark mark) in node.Causes.Reads.OrderBy(pair => pair.Value.Number).Take(CausesShown - causes.Count))
        {
            JsonValue? value = state.Tree.Locate(key.Address, key.Depth, out long sequence);
            var now = new SeenValue(sequence, DocumentTree.HashOf(value, key.Depth));
            causes.Add(new ReadCause(mark.Number, key.Address, key.Depth, mark.Commit, RunMemory.Seen(node.Observation, key), now));
        }

        return causes.ToImmutable();
    }

    private ActionSummary Summarize(ActionNode node, IReadOnlySet<ActionNode> stale)
    {
        bool available = handlers.CanCall(node.Definition.Handler);
        ActionState where = !available ? ActionState.Unavailable
            : node.IsDirty ? ActionState.Dirty
            : stale.Contains(node) ? ActionState.Stale
            : ActionState.Clean;
        return new ActionSummary(
            node.Id,
            node.Definition.Name,
            node.Definition.Handler,
            node.Definition.Kind,
            where,
            liveness.Live.Contains(node),
            node.LastRun,
            node.Causes.Count,
            node.Observation?.Status,
            node.IsDirty ? Later(node.EligibleAt, node.Pass.PausedUntil) : null);
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private HashSet<ActionNode> Stale()
    {
        HashSet<ActionNode> stale = [];
        Queue<ActionNode> open = new(state.Actions.Dirty);
        while (open.TryDequeue(out ActionNode? writer))
        {
            foreach (ActionNode reader in ReadersOf(writer))
            {
                if (stale.Add(reader))
                {
                    open.Enqueue(reader);
                }
            }
        }

        return stale;
    }

    private HashSet<ActionNode> ReadersOf(ActionNode writer)
    {
        HashSet<ActionNode> readers = [];
        foreach (Address known in writer.Known())
        {
            state.Actions.Observed.Overlapping(known, readers, static (found, node) => found.Add(node));
            state.Actions.Declared.Overlapping(known, readers, static (found, node) => found.Add(node));
        }

        readers.Remove(writer);
        return readers;
    }
}
