using OrleansScheduler.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>A space as it follows from what has landed: each commit once, no update lost, each run of an action once.</summary>
internal sealed class SpaceAccount(World world, string key)
{
    /// <summary>The document that everybody adds one to, after having read it.</summary>
    public static readonly Address Counter = Address.Parse("counter");

    private readonly HashSet<(string Session, long Number)> _commits = [];
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);

    private readonly Dictionary<string, TimeSpan> _marked = new(StringComparer.Ordinal);

    /// <summary>What a handler writes before it throws. It must never be there.</summary>
    public static readonly Address Thrown = Address.Parse("thrown/by");

    /// <summary>When the handler of a run of an action was called, by the name of the run.</summary>
    public Dictionary<string, TimeSpan> Called { get; } = new(StringComparer.Ordinal);

    /// <summary>The actions of which somebody asked for a run that has not begun since.</summary>
    public IEnumerable<string> Marked => _marked.Keys;

    /// <summary>How often one was added to the counter.</summary>
    public long Count { get; private set; }

    public IReadOnlyDictionary<string, long> Runs => _runs;

    /// <summary>The actions that are registered, by id.</summary>
    public SortedDictionary<string, ActionDefinition> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether anything ever happened in it.</summary>
    public bool Exists { get; private set; }

    public bool Knew(string action) => _known.Contains(action);

    public bool Has(string session, long number) => _commits.Contains((session, number));

    public void Apply(SpaceEntry entry)
    {
        Exists = true;
        switch (entry)
        {
            case SpaceEntry.Committed committed:
                CheckOperations(committed.Session, committed.Operations);
                if (!_commits.Add((committed.Session, committed.LocalSequence)))
                {
                    world.Fail("commit", $"{key}: number {committed.LocalSequence} of '{committed.Session}' landed twice.");
                }

                foreach (SetOperation set in committed.Operations.OfType<SetOperation>().Where(set => set.Address.Equals(Counter)))
                {
                    if (set.Value.AsInt64() != ++Count)
                    {
                        world.Fail("lost update", $"{key}: '{committed.Session}' made the counter {set.Value}, it should be {Count}.");
                    }
                }

                break;
            case SpaceEntry.Landed { Result: var result }:
                string action = result.Action.ToString();
                CheckOperations(action, result.Operations);
                if (_runs.TryGetValue(action, out long before) && result.Run != before + 1)
                {
                    world.Fail("action run", $"{key}: the run {result.Run} of {action} follows {before}.");
                }

                _runs[action] = result.Run;
                if (_marked.TryGetValue(action, out TimeSpan at) && Called.GetValueOrDefault($"action {action}#{result.Run}") >= at)
                {
                    _marked.Remove(action);
                }

                break;
            case SpaceEntry.Marked marked:
                _marked[marked.Action.ToString()] = world.Elapsed;
                break;
            case SpaceEntry.Registered registered:
                foreach (BoundAction bound in registered.Actions)
                {
                    _known.Add(bound.Id.ToString());
                    Actions[bound.Id.ToString()] = bound.Definition;
                }

                break;
            case SpaceEntry.Unregistered unregistered:
                _marked.Remove(unregistered.Action.ToString());
                Actions.Remove(unregistered.Action.ToString());
                _runs.Remove(unregistered.Action.ToString());
                break;
        }
    }

    private void CheckOperations(string who, IEnumerable<Operation> operations)
    {
        if (operations.OfType<SetOperation>().Any(set => set.Address.Equals(Thrown)))
        {
            world.Fail("thrown", $"{key}: {who} wrote what its handler had written before it failed.");
        }
    }
}
