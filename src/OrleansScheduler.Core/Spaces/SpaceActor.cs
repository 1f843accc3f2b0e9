using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The shell around <see cref="SpaceState"/>: decides, appends, answers when it is durable, and hints the settler.</summary>
internal class SpaceActor : Actor, ISpace
{
    private readonly HandlerCatalog _handlers;
    private readonly SpaceState _state = new();
    private readonly Journal<SpaceState, SpaceEntry> _journal;
    private readonly WavePlanner _planner;
    private readonly SpaceView _view;
    private readonly SnapshotShelf _shelf = new();
    private readonly Announcer _announcer;
    private readonly SpaceId _id;
    private readonly Func<long>? _epoch;
    private Signal? _moved;

    public SpaceActor(IActorContext context, HandlerCatalog handlers, ILogger logger, JournalOptions? journal = null, Func<long>? epoch = null)
        : base(context)
    {
        _id = SpaceId.Parse(context.Key);
        _handlers = handlers;
        _epoch = epoch;
        var liveness = new Liveness(_state.Actions);
        _planner = new WavePlanner(_state, liveness, handlers);
        _view = new SpaceView(_state, liveness, handlers);
        _journal = new Journal<SpaceState, SpaceEntry>(context, _state, new SpaceEntryCodec(), _ => IsOpen, journal);
        _announcer = new Announcer(context, () => _state is { Exists: true, IsAnnounced: false }, AnnounceAsync, logger);
    }

    public override bool IsIdle => !_journal.IsWriting && !IsOpen;

    private bool IsOpen => _state is { Exists: true, IsAnnounced: false } || _planner.HasRunnable;

    /// <inheritdoc/>
    public override async Task ActivateAsync(CancellationToken cancellation)
    {
        await _journal.LoadAsync(cancellation);
        ImmutableArray<(ActionId, string)> revised = RevisedCode();
        if (!revised.IsEmpty)
        {
            await _journal.AppendAsync(new SpaceEntry.Revised(revised));
        }

        _announcer.Start();
        HintSettler();
    }

    /// <inheritdoc/>
    public override async Task WakeAsync(CancellationToken cancellation)
    {
        _announcer.Start();
        HintSettler();
        await _journal.Wakeups.AnswerAsync(() => IsOpen);
    }

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public async Task<CommitReceipt> CommitAsync(CommitRequest request, CancellationToken cancellation)
    {
        CommitDecision decision;
        try
        {
            decision = CommitDecision.Decide(_state, request, Now);
        }
        catch (SchedulerException)
        {
            // A conflict tells of a change as a read does.
            await _journal.DurableAsync();
            throw;
        }

        switch (decision)
        {
            case CommitDecision.Repeated repeated:
                await _journal.DurableAsync();
                return repeated.Receipt;
            case CommitDecision.Accepted accepted:
                EnterEpoch();
                Task durable = _journal.AppendAsync(accepted.Entry);
                CommitReceipt receipt = _state.Sessions.ReceiptOf(request.Session, request.LocalSequence);
                await durable;
                AfterCommit(receipt.Marked > 0);
                return receipt;
            default:
                throw new InvariantException("A commit has no decision.");
        }
    }

    /// <inheritdoc/>
    public async Task<SpaceRead> ReadAsync(ImmutableArray<ReadTarget> reads, long? atSequence, CancellationToken cancellation)
    {
        CheckRange("reads", reads.IsDefault ? 0 : reads.Length, 1, CommitDecision.ReadsMax);
        DocumentTree tree = atSequence is { } sequence ? Kept(sequence) : _state.Tree;
        _shelf.Keep(tree, Now);
        var answer = ImmutableArray.CreateBuilder<DocumentRead>(reads.Length);
        foreach (ReadTarget read in reads)
        {
            answer.Add(tree.Read(read.Address, read.Depth));
        }

        // Handlers read; one that is told to stop while storage hangs has to be able to.
        await Release.OnceCancelledAsync(_journal.DurableAsync(), cancellation);
        return new SpaceRead(tree.Sequence, answer.MoveToImmutable());
    }

    /// <inheritdoc/>
    public Task<SpaceSummary> SummarizeAsync(CancellationToken cancellation) => ShowAsync(_view.Summarize(Context.Key));

    /// <inheritdoc/>
    public Task<DocumentPage> ListDocumentsAsync(string? after, int limit, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, 1_000);
        return ShowAsync(_view.ListDocuments(after, limit));
    }

    /// <inheritdoc/>
    public async Task<CommitPage> ListCommitsAsync(long after, int limit, TimeSpan wait, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, 1_000);
        CheckWait(wait);
        long deadline = Context.Time.GetTimestamp();
        for (TimeSpan left = wait; _state.Tree.Sequence <= after && left > TimeSpan.Zero; left = wait - Context.Time.GetElapsedTime(deadline))
        {
            await (_moved ??= new Signal()).WaitAsync(Context, left, cancellation);
        }

        return await ShowAsync(_view.ListCommits(after, limit));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RegisteredAction>> RegisterAsync(ImmutableArray<ActionDefinition> definitions, CancellationToken cancellation)
    {
        RegisterDecision decision = RegisterDecision.Decide(_state, definitions, _handlers);
        await (decision.Entry is null ? _journal.DurableAsync() : _journal.AppendAsync(decision.Entry));
        AfterCommit(decision.Entry is not null);
        return decision.Answer;
    }

    /// <inheritdoc/>
    public Task UnregisterAsync(ActionId action, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, async () =>
    {
        ActionNode node = _state.Actions.Find(action.ToString());
        await _journal.AppendAsync(new SpaceEntry.Unregistered(node.Id));
        HintSettler();
        return true;
    });

    /// <inheritdoc/>
    public Task<ActionPage> ListActionsAsync(string? after, int limit, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, 1_000);
        return ShowAsync(_view.ListActions(after, limit));
    }

    /// <inheritdoc/>
    public Task<ActionDetail> GetActionAsync(string idOrName, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () => ShowAsync(_view.Detail(idOrName)));

    /// <inheritdoc/>
    public Task<Explanation> ExplainAsync(string idOrName, long? run, CancellationToken cancellation) =>
        DecideAsync(_journal.DurableAsync, () => ShowAsync(_view.Explain(idOrName, run)));

    /// <inheritdoc/>
    public Task<SpaceGraph> GraphAsync(CancellationToken cancellation) => ShowAsync(_view.Graph());

    /// <inheritdoc/>
    public Task MarkAsync(string idOrName, string who, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, async () =>
    {
        CheckText("who", who, 200);
        ActionNode node = _state.Actions.Find(idOrName);
        await _journal.AppendAsync(new SpaceEntry.Marked(node.Id, who));
        HintSettler();
        return true;
    });

    /// <inheritdoc/>
    public async Task<WavePlan> PlanWaveAsync(PlanRequest request, CancellationToken cancellation)
    {
        CheckRange("runs_max", request.RunsMax, 0, 1_000);
        int skipped = 0;
        WaveDecision decision = _planner.Decide(request, Now);
        while (!decision.Clean.IsEmpty)
        {
            // Each round leaves fewer dirty actions, so it ends. What follows from a clean one may be ready now.
            skipped += decision.Clean.Length;
            _ = _journal.AppendAsync(new SpaceEntry.Verified(decision.Clean));
            decision = _planner.Decide(request, Now);
        }

        ImmutableArray<RunTicket> tickets = [.. decision.Run.Select(Ticket)];
        if (!tickets.IsEmpty)
        {
            _shelf.Keep(_state.Tree, Now);
        }

        var plan = new WavePlan(_state.Tree.Sequence, tickets, decision.NextEligible, skipped, decision.DemandMet);
        await _journal.DurableAsync();
        return plan;
    }

    /// <inheritdoc/>
    public async Task<LandReceipt> LandWaveAsync(ImmutableArray<RunResult> results, CancellationToken cancellation)
    {
        var outcomes = ImmutableArray.CreateBuilder<Landing>(results.Length);
        foreach (RunResult result in results)
        {
            LandDecision decision = LandDecision.Decide(_state, result, Now);
            outcomes.Add(decision.Outcome);
            if (decision.Entry is not null)
            {
                EnterEpoch();
                _ = _journal.AppendAsync(decision.Entry);
            }

            NoteConflict(result.Action, decision.Outcome);
        }

        var receipt = new LandReceipt(_state.Tree.Sequence, outcomes.MoveToImmutable());
        await _journal.DurableAsync();
        AfterCommit(false);
        return receipt;
    }

    // Before the first change after an import: no sequence that the original gave meanwhile may come again.
    private void EnterEpoch()
    {
        if (_state.Enter(_epoch?.Invoke() ?? 1) is { } began)
        {
            _ = _journal.AppendAsync(began);
        }
    }

    // An answer that shows a change leaves when the change is durable.
    private async Task<T> ShowAsync<T>(T answer)
    {
        await _journal.DurableAsync();
        return answer;
    }

    private void AfterCommit(bool mayRun)
    {
        _moved?.Set();
        _moved = null;
        _announcer.Start();
        if (mayRun)
        {
            HintSettler();
        }
    }

    // A hint may be lost: the wake-up and the next commit repeat it.
    private void HintSettler()
    {
        if (_planner.HasRunnable)
        {
            _ = Context.Directory.Get<ISettler>(Context.Key).HintAsync(CancellationToken.None);
        }
    }

    private async Task AnnounceAsync()
    {
        await _journal.DurableAsync();
        var member = new CatalogMember(MemberKind.Space, _id.Name, 1, true);
        await Context.Directory.Get<ICatalog>(_id.Owner).AnnounceAsync(member, Context.Stopping);
        await _journal.AppendAsync(new SpaceEntry.Announced());
    }

    private DocumentTree Kept(long sequence) =>
        sequence == _state.Tree.Sequence ? _state.Tree
        : _shelf.TryGet(sequence, out DocumentTree? tree) ? tree
        : throw new SchedulerException(ErrorCodes.SnapshotGone, $"The space no longer keeps its contents of sequence {sequence}; it stands at {_state.Tree.Sequence}.");

    private RunTicket Ticket(ActionNode node)
    {
        ImmutableArray<DocumentRead> prefetched = node.Observation is { } observation
            ? [.. observation.Reads.Select(read => _state.Tree.Read(read.Address, read.Depth))]
            : [];
        return new RunTicket(
            node.Id, node.Definition, node.Revision, node.LastRun + 1, _state.CauseNumber, _state.Tree.Sequence, prefetched);
    }

    // A result that met a newer value is repeated after 5 ms, 10 ms, ... up to a second.
    private void NoteConflict(ActionId action, Landing outcome)
    {
        if (_state.Actions.TryGet(action, out ActionNode? node))
        {
            node.Pass.Conflicts = outcome == Landing.Conflict ? node.Pass.Conflicts + 1 : 0;
            node.Pass.PausedUntil = outcome == Landing.Conflict
                ? Now + TimeSpan.FromMilliseconds(Math.Min(5 * Math.Pow(2, node.Pass.Conflicts - 1), 1_000))
                : node.Pass.PausedUntil;
        }
    }

    private ImmutableArray<(ActionId Action, string Implementation)> RevisedCode()
    {
        var revised = ImmutableArray.CreateBuilder<(ActionId, string)>();
        foreach (ActionNode node in _state.Actions.All)
        {
            bool known = _handlers.TryGet(node.Definition.Handler, out RegisteredHandler? handler);
            bool otherRuntime = node.Observation is { } observation && observation.Runtime != SpaceState.Runtime;
            if (known && (otherRuntime || !ActionIdentity.IsOf(node.Implementation, handler!)))
            {
                revised.Add((node.Id, ActionIdentity.Fingerprint(node.Definition, handler!)));
            }
        }

        return revised.ToImmutable();
    }
}
