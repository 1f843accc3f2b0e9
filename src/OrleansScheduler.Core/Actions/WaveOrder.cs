namespace OrleansScheduler.Core.Actions;

/// <summary>Who may run now: those whom no other one that has to run can still change.</summary>
/// <remarks>
/// Members of one circle do not wait for each other, or none of them would ever run. Circles are found as strongly connected
/// components (Tarjan 1972, without recursion), which come out readers first; walking them backwards is writers first.
/// </remarks>
internal sealed class WaveOrder(ActionTable actions, IReadOnlySet<ActionNode> within)
{
    private readonly IReadOnlySet<ActionNode> _within = within;
    private readonly Dictionary<ActionNode, Visit> _visits = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<Visit> _component = new();
    private readonly List<List<Visit>> _components = [];
    private int _clock;

    /// <summary>Those of <paramref name="pending"/> that are not downstream of another one of them.</summary>
    public List<ActionNode> Ready(IReadOnlyCollection<ActionNode> pending)
    {
        if (pending.Count == 1)
        {
            return [.. pending];
        }

        foreach (ActionNode node in pending)
        {
            if (!_visits.ContainsKey(node))
            {
                Explore(node);
            }
        }

        HashSet<ActionNode> waiting = new(pending, ReferenceEqualityComparer.Instance);
        HashSet<Visit> reached = [];
        List<ActionNode> ready = [];
        for (int index = _components.Count - 1; index >= 0; index--)
        {
            List<Visit> component = _components[index];
            bool isReached = component.Exists(reached.Contains);
            bool isPending = component.Exists(visit => waiting.Contains(visit.Node));
            if (!isReached)
            {
                ready.AddRange(component.Where(visit => waiting.Contains(visit.Node)).Select(visit => visit.Node));
            }

            if (isReached || isPending)
            {
                foreach (Visit visit in component)
                {
                    reached.UnionWith(visit.Readers);
                }
            }
        }

        return ready;
    }

    /// <summary>True when what the node writes comes back to it through others.</summary>
    public bool IsInCircle(ActionNode node)
    {
        Explore(node);
        return _components.Exists(component => component.Count > 1 && component.Exists(visit => ReferenceEquals(visit.Node, node)));
    }

    private void Explore(ActionNode start)
    {
        Stack<(Visit Visit, int Next)> path = new();
        path.Push((Open(start), 0));
        while (path.TryPop(out var top))
        {
            (Visit visit, int next) = top;
            if (next < visit.Readers.Count)
            {
                path.Push((visit, next + 1));
                Visit reader = visit.Readers[next];
                if (reader.Order < 0)
                {
                    path.Push((Open(reader.Node), 0));
                }
                else if (reader.IsOpen)
                {
                    visit.Low = Math.Min(visit.Low, reader.Order);
                }

                continue;
            }

            if (path.TryPeek(out var parent))
            {
                parent.Visit.Low = Math.Min(parent.Visit.Low, visit.Low);
            }

            if (visit.Low == visit.Order)
            {
                Close(visit);
            }
        }
    }

    private Visit Open(ActionNode node)
    {
        Visit visit = VisitOf(node);
        visit.Order = visit.Low = _clock++;
        visit.IsOpen = true;
        _component.Push(visit);
        foreach (var known in node.Known())
        {
            actions.Observed.Overlapping(known, (this, visit), AddReader);
            actions.Declared.Overlapping(known, (this, visit), AddReader);
        }

        return visit;
    }

    private static void AddReader((WaveOrder Order, Visit Visit) state, ActionNode reader)
    {
        if (state.Order._within.Contains(reader) && !ReferenceEquals(reader, state.Visit.Node))
        {
            state.Visit.Readers.Add(state.Order.VisitOf(reader));
        }
    }

    private void Close(Visit root)
    {
        List<Visit> members = [];
        Visit member;
        do
        {
            member = _component.Pop();
            member.IsOpen = false;
            members.Add(member);
        }
        while (member != root);
        _components.Add(members);
    }

    private Visit VisitOf(ActionNode node)
    {
        if (!_visits.TryGetValue(node, out Visit? visit))
        {
            _visits[node] = visit = new Visit(node);
        }

        return visit;
    }

    private sealed class Visit(ActionNode node)
    {
        public ActionNode Node { get; } = node;

        public List<Visit> Readers { get; } = [];

        public int Order { get; set; } = -1;

        public int Low { get; set; }

        public bool IsOpen { get; set; }
    }
}
