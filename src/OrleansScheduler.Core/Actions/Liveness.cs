using OrleansScheduler.Actions;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Actions;

/// <summary>Who is live: effects, and whatever they read, directly or not. Kept until an edge changes.</summary>
internal sealed class Liveness(ActionTable actions)
{
    private HashSet<ActionNode> _live = [];
    private long _topology = -1;

    public IReadOnlySet<ActionNode> Live
    {
        get
        {
            if (_topology != actions.Topology)
            {
                _live = Upstream(actions.All.Where(node => node.Definition.Kind == ActionKind.Effect));
                _topology = actions.Topology;
            }

            return _live;
        }
    }

    /// <summary>Everything that has a part in what is at an address.</summary>
    public HashSet<ActionNode> Upstream(Address address)
    {
        HashSet<ActionNode> writers = [];
        actions.Writers.Overlapping(address, writers, static (found, node) => found.Add(node));
        return Upstream(writers);
    }

    private HashSet<ActionNode> Upstream(IEnumerable<ActionNode> from)
    {
        HashSet<ActionNode> found = [.. from];
        Queue<ActionNode> open = new(found);
        while (open.TryDequeue(out ActionNode? reader))
        {
            Wiring wiring = Wiring.Of(reader);
            foreach (ReadKey key in wiring.Reads.Concat(wiring.Declared))
            {
                actions.Writers.Overlapping(key.Address, (found, open), static (state, writer) =>
                {
                    if (state.found.Add(writer))
                    {
                        state.open.Enqueue(writer);
                    }
                });
            }
        }

        return found;
    }
}
