using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>A space as the fold of its entries. Decisions read it; only <c>Apply</c> changes it.</summary>
internal sealed class SpaceState : IJournaledState<SpaceEntry>
{
    public const string Runtime = "scheduler-1";

    private readonly SpacePages _pages;

    public SpaceState() => _pages = new SpacePages(this);

    public DocumentTree Tree { get; internal set; } = DocumentTree.Empty;

    public ActionTable Actions { get; } = new();

    public SessionTable Sessions { get; } = new();

    public CommitHistory History { get; } = new();

    /// <summary>The newest cause number.</summary>
    public long CauseNumber { get; internal set; }

    /// <summary>How many runs were kept so far.</summary>
    public long Runs { get; internal set; }

    /// <summary>True when the catalog knows the space.</summary>
    public bool IsAnnounced { get; internal set; }

    /// <summary>What has to be stored before the next change in an epoch; null when nothing has.</summary>
    /// <param name="epoch">The epoch of the deployment, from 1.</param>
    public SpaceEntry.EpochBegan? Enter(long epoch) =>
        Tree.Sequence < EpochNumbers.Floor(epoch) ? new SpaceEntry.EpochBegan(EpochNumbers.Floor(epoch)) : null;

    /// <summary>True when anything ever happened in it.</summary>
    public bool Exists => Tree.Sequence > 0 || Actions.Count > 0 || Sessions.Count > 0;

    /// <inheritdoc/>
    public long? ChangedBytes => _pages.ChangedBytes;

    /// <inheritdoc/>
    public void Apply(SpaceEntry entry)
    {
        switch (entry)
        {
            case SpaceEntry.Committed committed:
                Apply(committed);
                break;
            case SpaceEntry.Registered registered:
                foreach (BoundAction action in registered.Actions)
                {
                    Register(action);
                }

                break;
            case SpaceEntry.Unregistered unregistered when Actions.TryGet(unregistered.Action, out ActionNode? node):
                Actions.Remove(node);
                _pages.Touch(node.Id);
                break;
            case SpaceEntry.Revised revised:
                foreach ((ActionId action, string implementation) in revised.Actions)
                {
                    Revise(action, implementation);
                }

                break;
            case SpaceEntry.Marked marked when Actions.TryGet(marked.Action, out ActionNode? node):
                AddCause(node, new ManualCause(++CauseNumber, marked.Who));
                break;
            case SpaceEntry.Verified verified:
                foreach (ActionId action in verified.Actions)
                {
                    if (Actions.TryGet(action, out ActionNode? node))
                    {
                        node.Causes.ClearReads();
                        Actions.NoteCauses(node);
                        _pages.Touch(node.Id);
                    }
                }

                break;
            case SpaceEntry.Landed landed when Actions.TryGet(landed.Result.Action, out ActionNode? node):
                Land(node, landed);
                break;
            case SpaceEntry.Announced:
                IsAnnounced = true;
                break;
            case SpaceEntry.EpochBegan began:
                Tree = Tree with { Sequence = began.Sequence };
                break;
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content) => _pages.Read(name, content);

    /// <inheritdoc/>
    public void PagesRead() => _pages.Finish();

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) => _pages.WriteChanged(write);

    private void Apply(SpaceEntry.Committed entry)
    {
        TreeChange change = Prepare(entry.Prepared, entry.Operations);
        int marked = Advance(change, null, new CommitOrigin($"session {entry.Session}", entry.LocalSequence, 0, entry.At));
        var receipt = new SessionReceipt(entry.LocalSequence, entry.Payload, Tree.Sequence, marked, change.IsChange);
        IReadOnlyList<string> forgotten = Sessions.Record(entry.Session, receipt, entry.At);
        _pages.TouchSession(entry.Session);
        foreach (string session in forgotten)
        {
            _pages.TouchSession(session);
        }
    }

    private TreeChange Prepare(TreeChange? prepared, ImmutableArray<Operation> operations) =>
        prepared is not null && ReferenceEquals(prepared.Before, Tree) ? prepared : TreeEdit.Apply(Tree, operations);

    /// <summary>Makes the change the present, and gives everybody whose value differs a cause; not to its writer.</summary>
    private int Advance(TreeChange change, ActionNode? writer, CommitOrigin origin)
    {
        if (!change.IsChange)
        {
            return 0;
        }

        Tree = change.After;
        HashSet<ActionNode>? marked = null;
        Actions.Observed.Affected(change, (reader, address, depth) =>
        {
            if (!ReferenceEquals(reader, writer))
            {
                reader.Causes.AddRead(new ReadKey(address, depth), new ReadMark(++CauseNumber, change.After.Sequence, origin.Depth));
                (marked ??= []).Add(reader);
            }
        });
        if (marked is not null)
        {
            foreach (ActionNode reader in marked)
            {
                Actions.NoteCauses(reader);
                _pages.Touch(reader.Id);
            }
        }

        ImmutableArray<Address> kept = change.Changed.Length > CommitHistory.AddressesKept
            ? change.Changed[..CommitHistory.AddressesKept]
            : change.Changed;
        History.Add(new CommitRecord(Tree.Sequence, origin.At, origin.By, origin.Number, origin.Depth, kept, change.Changed.Length));
        _pages.Touch(change);
        return marked?.Count ?? 0;
    }

    private void Register(BoundAction action)
    {
        if (!Actions.TryGet(action.Id, out ActionNode? node))
        {
            node = new ActionNode(action.Id, action.Definition, action.Implementation) { Born = ++CauseNumber };
            node.Causes.Add(new FirstCause(node.Born));
            Actions.Add(node);
            _pages.Touch(node.Id);
            return;
        }

        Actions.Rewire(node, () => node.Definition = action.Definition);
        node.Revision++;
        Revise(action.Id, action.Implementation);
    }

    private void Revise(ActionId action, string implementation)
    {
        if (!Actions.TryGet(action, out ActionNode? node))
        {
            return;
        }

        node.Implementation = implementation;
        AddCause(node, node.Observation is { } observation
            ? new FingerprintCause(++CauseNumber, observation.Implementation, implementation)
            : new FirstCause(++CauseNumber));
    }

    private void AddCause(ActionNode node, Cause cause)
    {
        node.Causes.Add(cause);
        node.EligibleAt = null;
        Actions.NoteCauses(node);
        _pages.Touch(node.Id);
    }

    private void Land(ActionNode node, SpaceEntry.Landed landed)
    {
        RunResult result = landed.Result;
        Observation? before = node.Observation;
        AnsweredCauses answered = node.Causes.Answer(result.CauseHigh, result.Sequence);
        NoteNewerValues(node, result);
        TreeChange change = Prepare(landed.Prepared, result.Operations);
        int depth = 1 + answered.Reads.Select(read => read.Mark.Depth).DefaultIfEmpty(0).Max();
        Advance(change, node, new CommitOrigin($"action {node.Id}", result.Run, depth, landed.At));
        var observation = new Observation(
            result.Run,
            landed.Implementation,
            Runtime,
            result.Sequence,
            result.Reads,
            change.Changed,
            KnownWrites(node, before, result),
            change.IsChange ? Tree.Sequence : 0,
            result.Status,
            result.Error,
            result.StartedAt,
            result.Duration,
            result.Turns);
        Actions.Rewire(node, () => node.Observation = observation);
        ActionRun run = RunMemory.Describe(observation, before, answered);
        node.Runs = node.Runs.Length < ActionNode.RunsKept ? node.Runs.Add(run) : node.Runs.RemoveAt(0).Add(run);
        Retry(node, result, answered, landed.At);
        Actions.NoteCauses(node);
        Runs++;
        _pages.Touch(node.Id);
    }

    /// <summary>An effect is kept although what it read may have changed since; then it owes another run for that.</summary>
    private void NoteNewerValues(ActionNode node, RunResult result)
    {
        if (node.Definition.Kind != ActionKind.Effect)
        {
            return;
        }

        foreach (ConfirmedRead read in result.Reads)
        {
            if (!Tree.IsCurrent(read))
            {
                Tree.Locate(read.Address, read.Depth, out long sequence);
                node.Causes.AddRead(new ReadKey(read.Address, read.Depth), new ReadMark(++CauseNumber, sequence, 0));
            }
        }
    }

    private static ImmutableArray<Address> KnownWrites(ActionNode node, Observation? before, RunResult result)
    {
        if (result.Status != RunStatus.Completed)
        {
            return before?.Known ?? node.Definition.Outputs;
        }

        ImmutableArray<Address>.Builder known = node.Definition.Outputs.ToBuilder();
        foreach (Operation operation in result.Operations)
        {
            Address address = OperationRules.AddressOf(operation);
            if (!known.Any(prefix => prefix.IsPrefixOf(address)))
            {
                known.Add(address);
            }
        }

        return known.ToImmutable();
    }

    /// <summary>An effect that failed is tried three times more, after 1, 4 and 16 seconds. A computation would fail again.</summary>
    private void Retry(ActionNode node, RunResult result, AnsweredCauses answered, DateTimeOffset at)
    {
        node.EligibleAt = null;
        int attempt = answered.Forcing.OfType<RetryCause>().FirstOrDefault()?.Attempt ?? 0;
        bool refused = result.Error?.Code is ErrorCodes.UnknownHandler or ErrorCodes.HandlerRefused;
        if (result.Status == RunStatus.Completed || node.Definition.Kind != ActionKind.Effect || attempt >= 3 || refused)
        {
            return;
        }

        node.Causes.Add(new RetryCause(++CauseNumber, attempt + 1));
        node.EligibleAt = at + TimeSpan.FromSeconds(Math.Pow(4, attempt));
    }
}
