using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Who reads, or writes, which addresses: a tree of path steps.</summary>
/// <remarks>
/// The one implementation of overlap. <c>Affected</c> is exact: it follows a change and compares values.
/// <c>Overlapping</c> asks what could meet, for order and liveness.
/// </remarks>
internal sealed class AddressIndex<T>
    where T : class
{
    private readonly Node _root = new();

    public void Add(Address address, ReadDepth depth, T member)
    {
        Node node = _root;
        foreach (PathStep step in address.FromRoot.Steps)
        {
            node = node.ChildOrNew(step);
        }

        node.Address ??= address;
        node.Members(depth).Add(member);
    }

    public void Remove(Address address, ReadDepth depth, T member) => Remove(_root, address.FromRoot.Steps.AsSpan(), depth, member);

    /// <summary>Everybody whose value at its address differs before and after the change, with address and depth.</summary>
    public void Affected(TreeChange change, Action<T, Address, ReadDepth> found)
    {
        if (change.IsChange)
        {
            Affected(_root, change.Touch, new Versions(change.Before.Root, change.After.Root, change.After.Stamp), change.After.Sequence, found);
        }
    }

    /// <summary>Everybody at, above or below an address; somebody with several addresses there comes several times.</summary>
    public void Overlapping<TState>(Address address, TState state, Action<TState, T> found)
    {
        Node node = _root;
        node.Visit(state, found);
        foreach (PathStep step in address.FromRoot.Steps)
        {
            if (node.Children is null || !node.Children.TryGetValue(step, out Node? child))
            {
                return;
            }

            node = child;
            node.Visit(state, found);
        }

        Below(node, state, found);
    }

    private static void Below<TState>(Node node, TState state, Action<TState, T> found)
    {
        if (node.Children is null)
        {
            return;
        }

        foreach (Node child in node.Children.Values)
        {
            child.Visit(state, found);
            Below(child, state, found);
        }
    }

    private static void Affected(Node node, Touch touch, Versions at, long sequence, Action<T, Address, ReadDepth> found)
    {
        if (ReferenceEquals(at.Before, at.After))
        {
            return;
        }

        node.Deep.Visit((node, found), static (s, member) => s.found(member, s.node.Address!, ReadDepth.Deep));
        if (!node.Shallow.IsEmpty && at.ShapeChanged(sequence))
        {
            node.Shallow.Visit((node, found), static (s, member) => s.found(member, s.node.Address!, ReadDepth.Shallow));
        }

        if (node.Children is null)
        {
            return;
        }

        if (touch.IsWhole)
        {
            foreach ((PathStep step, Node child) in node.Children)
            {
                Affected(child, touch, at.Child(step), sequence, found);
            }

            return;
        }

        // What is listed lies on the way to a change, whatever kind the values there are.
        var walk = (node, at, sequence, found);
        touch.Visit(JsonNull.Instance, JsonNull.Instance, ref walk, static (ref (Node Node, Versions At, long Sequence, Action<T, Address, ReadDepth> Found) state, PathStep step, Touch below) =>
        {
            if (state.Node.Children!.TryGetValue(step, out Node? child))
            {
                Affected(child, below, state.At.Child(step), state.Sequence, state.Found);
            }
        });
    }

    // True when nothing is left at or below the node.
    private static bool Remove(Node node, ReadOnlySpan<PathStep> rest, ReadDepth depth, T member)
    {
        if (rest.IsEmpty)
        {
            node.Members(depth).Remove(member);
        }
        else if (node.Children is not null && node.Children.TryGetValue(rest[0], out Node? child) && Remove(child, rest[1..], depth, member))
        {
            node.Children.Remove(rest[0]);
        }

        return node.Deep.IsEmpty && node.Shallow.IsEmpty && node.Children is not { Count: > 0 };
    }

    private readonly record struct Versions(JsonValue? Before, JsonValue? After, Stamp? Stamp)
    {
        public Versions Child(PathStep step)
        {
            JsonValue? after = After?.Child(step);
            return new Versions(Before?.Child(step), after, after is null ? null : Stamp!.ChildOf(step));
        }

        public bool ShapeChanged(long sequence) => Before is null || After is null || Stamp!.Shape == sequence;
    }

    private sealed class Node
    {
        public ReaderSet<T> Deep;
        public ReaderSet<T> Shallow;

        /// <summary>Set with the first member; nodes on the way to others need none.</summary>
        public Address? Address { get; set; }

        public Dictionary<PathStep, Node>? Children { get; private set; }

        public ref ReaderSet<T> Members(ReadDepth depth) => ref depth == ReadDepth.Deep ? ref Deep : ref Shallow;

        public Node ChildOrNew(PathStep step)
        {
            Children ??= [];
            if (!Children.TryGetValue(step, out Node? child))
            {
                Children[step] = child = new Node();
            }

            return child;
        }

        public void Visit<TState>(TState state, Action<TState, T> found)
        {
            Deep.Visit(state, found);
            Shallow.Visit(state, found);
        }
    }
}
