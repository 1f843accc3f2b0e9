using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;
using OrleansScheduler.Simulation.Handling;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>A space as it follows from what has landed: its documents, each commit once, no update lost, each run of an action once.</summary>
internal sealed class SpaceAccount(World world, string key)
{
    /// <summary>The document that everybody adds one to, after having read it.</summary>
    public static readonly Address Counter = Address.Parse("counter");

    /// <summary>What a handler writes before it throws. It must never be there.</summary>
    public static readonly Address Thrown = Address.Parse("thrown/by");

    /// <summary>What clients are called who ask for runs.</summary>
    public const string Asker = "client";

    // So many runs of an action may follow from each other before it has to pause, which takes a second at least.
    private const int RoundsMax = 20;
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (TimeSpan At, int Count)> _rounds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Session, long Number), (long Sequence, bool Changed)> _commits = [];
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _completed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _marked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<HandlerCall>> _calls = new(StringComparer.Ordinal);
    private readonly List<SpaceVersion> _versions = [SpaceVersion.Empty];

    /// <summary>When the handler of a run of an action was called, by the name of the run.</summary>
    public Dictionary<string, TimeSpan> Called { get; } = new(StringComparer.Ordinal);

    /// <summary>The actions of which somebody asked for a run that has not begun since.</summary>
    public IEnumerable<string> Marked => _marked.Keys;

    /// <summary>How often one was added to the counter.</summary>
    public long Count { get; private set; }

    public IReadOnlyDictionary<string, long> Runs => _runs;

    /// <summary>The space after each of its entries, and before the first.</summary>
    public IReadOnlyList<SpaceVersion> Versions => _versions;

    /// <summary>The space as it is.</summary>
    public SpaceVersion Present => _versions[^1];

    /// <summary>The actions that are registered, by id.</summary>
    public ImmutableSortedDictionary<string, ActionAccount> Actions => Present.Actions;

    /// <summary>Whether anything ever happened in it.</summary>
    public bool Exists => _versions.Count > 1;

    public bool Knew(string action) => _known.Contains(action);

    public bool Has(string session, long number) => _commits.ContainsKey((session, number));

    /// <summary>What the answer to a commit has to say.</summary>
    public (long Sequence, bool Changed) ReceiptOf(string session, long number) => _commits[(session, number)];

    /// <summary>What somebody ever needed.</summary>
    public ActionNeeds Needs { get; } = new();

    /// <summary>How many runs of an action have completed, in all its lives.</summary>
    public long CompletedOf(string action) => _completed.GetValueOrDefault(action);

    /// <summary>A handler of a run is called.</summary>
    public HandlerCall Call(string run, string code, DateTimeOffset startedAt)
    {
        var call = new HandlerCall(code, startedAt);
        (_calls.TryGetValue(run, out List<HandlerCall>? calls) ? calls : _calls[run] = []).Add(call);
        return call;
    }

    public void Apply(SpaceEntry entry)
    {
        // Whatever comes from outside may begin another line of runs.
        if (entry is not (SpaceEntry.Landed or SpaceEntry.Verified or SpaceEntry.Announced or SpaceEntry.Marked { Who: not Asker }))
        {
            _rounds.Clear();
        }

        switch (entry)
        {
            case SpaceEntry.Committed committed:
                Commit(committed);
                break;
            case SpaceEntry.Landed { Result: var result }:
                Land(result, result.Action.ToString());
                break;
            case SpaceEntry.Marked marked:
                _marked[marked.Action.ToString()] = world.Elapsed;
                break;
            case SpaceEntry.Registered registered:
                foreach (BoundAction bound in registered.Actions)
                {
                    string id = bound.Id.ToString();
                    _known.Add(id);
                    Needs.Add(id, bound.Definition);
                    Advance([], Actions.SetItem(id, Actions.TryGetValue(id, out ActionAccount? before) ? before with { Definition = bound.Definition } : new ActionAccount(bound.Definition)));
                }

                return;
            case SpaceEntry.Unregistered unregistered:
                _marked.Remove(unregistered.Action.ToString());
                _runs.Remove(unregistered.Action.ToString());
                Advance([], Actions.Remove(unregistered.Action.ToString()));
                return;
            case SpaceEntry.EpochBegan began:
                _versions.Add(Present with { Sequence = began.Sequence });
                return;
        }

        if (entry is not (SpaceEntry.Committed or SpaceEntry.Landed))
        {
            _versions.Add(Present);
        }
    }

    /// <summary>A process has loaded the whole of what there is: it comes to these documents.</summary>
    public void CheckLoaded(JournalContent content)
    {
        var state = new SpaceState();
        foreach (JournalPage page in content.Pages)
        {
            Frame.Open(page.Content ?? default, byte.MaxValue, out _, out ReadOnlyMemory<byte> body);
            state.ReadPage(page.Name, body);
        }

        state.PagesRead();
        var codec = new SpaceEntryCodec();
        foreach (ReadOnlyMemory<byte> entry in content.Entries)
        {
            Frame.Open(entry, byte.MaxValue, out byte format, out ReadOnlyMemory<byte> body);
            state.Apply(codec.Read(body, format));
        }

        CheckDocuments(state.Tree.Sequence, state.Tree.Root, "was loaded with");
        string actions = string.Join(' ', state.Actions.All.Select(node => $"{node.Id}#{node.LastRun}").Order(StringComparer.Ordinal));
        string stored = string.Join(' ', Actions.Keys.Select(id => $"{id}#{_runs.GetValueOrDefault(id)}").Order(StringComparer.Ordinal));
        if (actions != stored)
        {
            world.Fail("documents", $"{key} was loaded with the actions {actions}, from its entries they are {stored}.");
        }
    }

    /// <summary>All documents of the space are what follows from its entries.</summary>
    public void CheckDocuments(long sequence, JsonValue? root, string did)
    {
        if (sequence != Present.Sequence || DocumentAccount.TextOf(root) != Present.Documents.TextAt(Address.OfSpace))
        {
            world.Fail("documents", $"{key} {did} {DocumentAccount.TextOf(root)} at {sequence}, from its entries it is {Present.Documents.TextAt(Address.OfSpace)} at {Present.Sequence}.");
        }
    }

    private void Commit(SpaceEntry.Committed committed)
    {
        CheckOperations(committed.Session, committed.Operations);
        bool changed = Advance(committed.Operations, Actions);
        if (!_commits.TryAdd((committed.Session, committed.LocalSequence), (Present.Sequence, changed)))
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
    }

    private void Land(RunResult result, string action)
    {
        CheckOperations(action, result.Operations);
        if (_runs.TryGetValue(action, out long before) && result.Run != before + 1)
        {
            world.Fail("action run", $"{key}: the run {result.Run} of {action} follows {before}.");
        }

        _runs[action] = result.Run;
        (TimeSpan last, int rounds) = _rounds.GetValueOrDefault(action);
        rounds += world.Elapsed - last < PauseMin ? 1 : 0;
        _rounds[action] = (world.Elapsed, rounds);
        if (rounds > RoundsMax)
        {
            world.Fail("rounds", $"{key}: {rounds} runs of {action} followed from each other without a pause.");
        }

        if (_marked.TryGetValue(action, out TimeSpan at) && Called.GetValueOrDefault($"action {action}#{result.Run}") >= at)
        {
            _marked.Remove(action);
        }

        if (!Actions.TryGetValue(action, out ActionAccount? account))
        {
            world.Fail("action run", $"{key}: {action} is not registered, and its run {result.Run} has landed.");
            return;
        }

        if (!Needs.Has(action))
        {
            world.Fail("unneeded", $"{key}: run {result.Run} of {action} has landed, which nobody ever needed.");
        }

        HandlerCall? call = CallOf(result, account);
        _completed[action] = CompletedOf(action) + (result.Status == RunStatus.Completed ? 1 : 0);
        Advance(result.Operations, Actions.SetItem(action, account.After(result, call)));
    }

    // What has landed is what a handler has seen and done, all of it.
    private HandlerCall? CallOf(RunResult result, ActionAccount account)
    {
        bool completed = result.Status == RunStatus.Completed;
        HandlerCall? call = _calls.GetValueOrDefault($"action {result.Action}#{result.Run}")?
            .Where(call => call.IsAmong(result.Reads) && (!completed || (call.HasReturned && call.Seen.Count == result.Reads.Length)))
            .OrderBy(call => (call.StartedAt - result.StartedAt).Duration()).ThenByDescending(call => call.Seen.Count)
            .FirstOrDefault();
        if (call is null)
        {
            world.Fail("observation", $"{key}: run {result.Run} of {result.Action} is {result.Status} and says that it read {string.Join(", ", result.Reads.Select(read => read.Address))}, which no call of its handler did.");
        }
        else if (!result.Operations.SequenceEqual(completed ? account.Writes(call.NumberAt) : []))
        {
            world.Fail("observation", $"{key}: run {result.Run} of {result.Action} is {result.Status} and wrote {string.Join(", ", result.Operations)}, which does not follow from what its handler read.");
        }

        return call;
    }

    private bool Advance(ImmutableArray<Operation> operations, ImmutableSortedDictionary<string, ActionAccount> actions)
    {
        DocumentAccount documents = Present.Documents.After(operations);
        bool changed = documents != Present.Documents;
        _versions.Add(new SpaceVersion(Present.Sequence + (changed ? 1 : 0), documents, actions));
        return changed;
    }

    private void CheckOperations(string who, IEnumerable<Operation> operations)
    {
        if (operations.OfType<SetOperation>().Any(set => set.Address.Equals(Thrown)))
        {
            world.Fail("thrown", $"{key}: {who} wrote what its handler had written before it failed.");
        }
    }
}
