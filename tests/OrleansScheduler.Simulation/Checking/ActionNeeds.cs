using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Simulation.Handling;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What somebody ever needed of a space: effects, pulls, and whatever has a part in what they read. Everything else never runs.</summary>
/// <remarks>It only grows, since nobody outside knows when exactly a run that was needed has been given out.</remarks>
internal sealed class ActionNeeds
{
    private readonly Dictionary<string, Edges> _actions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _needed = [];
    private readonly HashSet<Address> _wanted = [];

    /// <summary>An action is registered, perhaps another time and otherwise.</summary>
    public void Add(string action, ActionDefinition definition)
    {
        Edges edges = _actions.TryGetValue(action, out Edges? known) ? known : _actions[action] = new Edges([], []);
        var payload = (JsonObject)definition.Payload!;
        edges.Reads.UnionWith(definition.Inputs.Concat(ActionCode.Reads(definition.Handler, payload).Select(read => read.Address)));
        edges.Writes.UnionWith(definition.Outputs.Concat(ActionCode.Writes(definition.Handler, payload, _ => 0).Select(ActionAccount.AddressOf)));
        if (definition.Kind == ActionKind.Effect)
        {
            _needed.Add(action);
        }

        Grow();
    }

    /// <summary>Somebody asks for what is at an address.</summary>
    public void Want(Address address)
    {
        _wanted.Add(address);
        Grow();
    }

    /// <summary>Whether anybody ever needed it.</summary>
    public bool Has(string action) => _needed.Contains(action);

    private void Grow()
    {
        bool grows = true;
        while (grows)
        {
            List<Address> wanted = [.. _needed.SelectMany(action => _actions[action].Reads), .. _wanted];
            grows = _actions.Where(pair => !_needed.Contains(pair.Key) && pair.Value.Writes.Any(write => wanted.Exists(one => ActionAccount.Overlap(one, write))))
                .Select(pair => pair.Key).ToArray().Count(_needed.Add) > 0;
        }
    }

    private sealed record Edges(HashSet<Address> Reads, HashSet<Address> Writes);
}
