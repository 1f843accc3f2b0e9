using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Actions;

/// <summary>The actions of a space, with the indexes of what they read and write.</summary>
internal sealed class ActionTable
{
    private readonly SortedDictionary<ActionId, ActionNode> _nodes = [];
    private readonly Dictionary<string, List<ActionNode>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<ActionNode> _dirty = [];

    /// <summary>Reads of observations: whom a change concerns.</summary>
    public AddressIndex<ActionNode> Observed { get; } = new();

    /// <summary>Declared inputs of nodes whose reads no completed run has told yet.</summary>
    public AddressIndex<ActionNode> Declared { get; } = new();

    /// <summary>Known writes: who comes before whom.</summary>
    public AddressIndex<ActionNode> Writers { get; } = new();

    /// <summary>Grows when nodes, their kinds or edges change; liveness is computed again then.</summary>
    public long Topology { get; private set; }

    public int Count => _nodes.Count;

    public IEnumerable<ActionNode> All => _nodes.Values;

    public IReadOnlyCollection<ActionNode> Dirty => _dirty;

    public bool TryGet(ActionId id, [NotNullWhen(true)] out ActionNode? node) => _nodes.TryGetValue(id, out node);

    public IReadOnlyList<ActionNode> Named(string name) => _byName.TryGetValue(name, out List<ActionNode>? nodes) ? nodes : [];

    /// <exception cref="SchedulerException"><c>not_found</c>, <c>ambiguous</c>.</exception>
    public ActionNode Find(string idOrName)
    {
        if (ActionId.TryParse(idOrName, null, out ActionId id) && _nodes.TryGetValue(id, out ActionNode? node))
        {
            return node;
        }

        return Named(idOrName) switch
        {
            [ActionNode only] => only,
            [] => throw new SchedulerException(ErrorCodes.NotFound, $"The space has no action '{idOrName}'."),
            var several => throw new SchedulerException(ErrorCodes.Ambiguous, $"{several.Count} actions are named '{idOrName}'; give the id.")
                .With("candidates", string.Join(", ", several.Take(20).Select(n => n.Id))),
        };
    }

    public void Add(ActionNode node)
    {
        _nodes.Add(node.Id, node);
        if (!_byName.TryGetValue(node.Id.Name, out List<ActionNode>? sameName))
        {
            _byName[node.Id.Name] = sameName = [];
        }

        sameName.Add(node);
        Connect(node);
        NoteCauses(node);
    }

    public void Remove(ActionNode node)
    {
        Disconnect(node);
        _dirty.Remove(node);
        _nodes.Remove(node.Id);
        List<ActionNode> sameName = _byName[node.Id.Name];
        sameName.Remove(node);
        if (sameName.Count == 0)
        {
            _byName.Remove(node.Id.Name);
        }
    }

    /// <summary>To be called after the causes of a node changed.</summary>
    public void NoteCauses(ActionNode node)
    {
        if (node.IsDirty)
        {
            _dirty.Add(node);
        }
        else
        {
            _dirty.Remove(node);
        }
    }

    /// <summary>Changes what a node depends on or answers for; the indexes follow by the difference.</summary>
    public void Rewire(ActionNode node, Action change)
    {
        ActionKind kind = node.Definition.Kind;
        Wiring before = Wiring.Of(node);
        change();
        Wiring after = Wiring.Of(node);
        bool moved = Move(Observed, node, before.Reads, after.Reads);
        moved |= Move(Declared, node, before.Declared, after.Declared);
        moved |= Move(Writers, node, before.Known, after.Known);

        // Effects are live by themselves: another kind moves liveness although no edge moved.
        Topology += moved || kind != node.Definition.Kind ? 1 : 0;
    }

    private static bool Move(AddressIndex<ActionNode> index, ActionNode node, ImmutableArray<ReadKey> before, ImmutableArray<ReadKey> after)
    {
        if (before.AsSpan().SequenceEqual(after.AsSpan()))
        {
            return false;
        }

        if (before.IsEmpty || after.IsEmpty)
        {
            foreach (ReadKey key in before)
            {
                index.Remove(key.Address, key.Depth, node);
            }

            foreach (ReadKey key in after)
            {
                index.Add(key.Address, key.Depth, node);
            }

            return true;
        }

        HashSet<ReadKey> had = [.. before];
        HashSet<ReadKey> kept = [.. after];
        foreach (ReadKey gone in had.Where(key => !kept.Contains(key)))
        {
            index.Remove(gone.Address, gone.Depth, node);
        }

        foreach (ReadKey fresh in kept.Where(key => !had.Contains(key)))
        {
            index.Add(fresh.Address, fresh.Depth, node);
        }

        return true;
    }

    private void Connect(ActionNode node)
    {
        Wiring wiring = Wiring.Of(node);
        Move(Observed, node, [], wiring.Reads);
        Move(Declared, node, [], wiring.Declared);
        Move(Writers, node, [], wiring.Known);
        Topology++;
    }

    private void Disconnect(ActionNode node)
    {
        Wiring wiring = Wiring.Of(node);
        Move(Observed, node, wiring.Reads, []);
        Move(Declared, node, wiring.Declared, []);
        Move(Writers, node, wiring.Known, []);
        Topology++;
    }
}
