using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>A random history of a space: commits, repeats, registrations, marks, runs that land late, and skipped runs.</summary>
/// <remarks>Everything goes through the decisions, so each entry is one that a space could have made.</remarks>
internal sealed class SpaceHistory(Random random)
{
    private readonly RandomTrees _trees = new(random);
    private readonly RandomOperations _operations = new(random);
    private readonly List<CommitRequest> _requests = [];
    private readonly List<RunResult> _underWay = [];
    private int _version = 1;

    public PureSpace Space { get; } = new();

    private SpaceState State => Space.State;

    private JsonObject Root => State.Tree.Root;

    public void Steps(int count)
    {
        for (int step = 0; step < count; step++)
        {
            Step();
        }
    }

    public void Step()
    {
        Space.Now += TimeSpan.FromSeconds(random.Next(20) == 0 ? random.Next(400_000) : random.Next(20));
        switch (random.Next(20))
        {
            case < 6:
                Try(Commit);
                break;
            case < 9:
                Try(Register);
                break;
            case < 14:
                Begin();
                break;
            case < 17:
                Land();
                break;
            case 17:
                Space.Plan(random.Next(2) == 0 ? "" : _trees.Place(Root).ToString());
                break;
            case 18 when State.Actions.Count > 0:
                Space.Apply(new SpaceEntry.Marked(AnyNode().Id, _trees.Pick(["me", "you \U0001F600", "é"])));
                break;
            default:
                Rare();
                break;
        }
    }

    private void Rare()
    {
        switch (random.Next(4))
        {
            case 0 when State.Actions.Count > 0:
                Space.Apply(new SpaceEntry.Unregistered(AnyNode().Id));
                break;
            case 1 when State.Actions.Count > 0:
                Space.Apply(new SpaceEntry.Revised([(AnyNode().Id, $"{_version++}#0123456789abcdef")]));
                break;
            case 2 when !State.IsAnnounced:
                Space.Apply(new SpaceEntry.Announced());
                break;
            case 3 when _requests.Count > 0:
                Try(() => Space.Commit(_trees.Pick(_requests)));
                break;
        }
    }

    private void Commit()
    {
        string session = $"session {random.Next(random.Next(4) == 0 ? 40 : 4)}";
        long number = State.Sessions.TryGet(session, out WriterSession? known) ? known.Receipts.LastOrDefault().LocalSequence + 1 + random.Next(3) : 1;
        var reads = random.Next(5) == 0 ? Reads(3) : [];
        var request = new CommitRequest(session, number, reads, _operations.Commit(Root));
        _requests.Add(request);
        Space.Commit(request);
    }

    private void Register()
    {
        int number = random.Next(8);
        var kind = (ActionKind)random.Next(2);
        Address[] inputs = [.. Enumerable.Range(0, random.Next(3)).Select(_ => _trees.Place(Root))];
        Address[] outputs = [.. Enumerable.Range(0, random.Next(3)).Select(_ => _trees.Place(Root))];
        TimeSpan? limit = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(1 + random.Next(1_000)) : null;
        JsonValue? payload = random.Next(2) == 0 ? _trees.Value() : null;
        ActionDefinition definition = State.Actions.Named($"n{number}") is [ActionNode present, ..] && random.Next(2) == 0
            ? present.Definition with { Payload = payload, Kind = kind }
            : new ActionDefinition($"n{number}", "work", kind, [.. inputs], [.. outputs], payload, limit);
        Space.Register(definition);
    }

    private void Begin()
    {
        if (State.Actions.Count == 0)
        {
            return;
        }

        var status = random.Next(4) == 0 ? _trees.Pick([RunStatus.Failed, RunStatus.Timeout]) : RunStatus.Completed;
        _underWay.Add(Space.Begin(AnyNode(), "") with
        {
            Reads = Reads(8),
            Status = status,
            Error = status == RunStatus.Completed ? null : new RunError("handler_error", "It failed: é\U0001F600"),
            Turns = random.Next(5),
            Duration = TimeSpan.FromTicks(random.Next(1_000_000)),
            Operations = status == RunStatus.Completed && random.Next(2) == 0 ? _operations.Commit(Root) : [],
        });
    }

    private void Land()
    {
        if (_underWay.Count == 0)
        {
            return;
        }

        // Mostly the newest one; old ones meet newer values, newer definitions, or nobody.
        int index = random.Next(3) == 0 ? random.Next(_underWay.Count) : _underWay.Count - 1;
        Space.Land(_underWay[index]);
        if (random.Next(5) > 0)
        {
            _underWay.RemoveAt(index);
        }
    }

    private ActionNode AnyNode() => _trees.Pick(State.Actions.All.ToList());

    private ImmutableArray<ConfirmedRead> Reads(int max) =>
    [
        .. Enumerable.Range(0, random.Next(max + 1))
            .Select(_ => new ReadKey(random.Next(20) == 0 ? Address.OfSpace : _trees.Place(Root), (ReadDepth)random.Next(2)))
            .Distinct()
            .Select(key => State.Tree.Read(key.Address, key.Depth).Confirm()),
    ];

    private static void Try(Action step)
    {
        try
        {
            step();
        }
        catch (SchedulerException refusal) when (refusal is not InvariantException)
        {
            // A refusal leaves nothing, which is a step as well.
        }
    }
}
