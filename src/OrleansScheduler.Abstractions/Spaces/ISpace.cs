using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Spaces;

/// <summary>A shard of documents with one line of sequence numbers, and the actions that it owns. Key: a <see cref="SpaceId"/>.</summary>
/// <remarks>It decides what must run and keeps what ran; it never executes anything. Every answer is durable when it arrives.</remarks>
[Actor("space")]
public interface ISpace
{
    /// <summary>Applies a change, or answers with the receipt of the same change applied before.</summary>
    /// <exception cref="Errors.SchedulerException"><c>read_conflict</c>, <c>session_reused</c>, <c>receipt_expired</c>,
    /// <c>path_conflict</c>, <c>patch_failed</c>, <c>commit_too_large</c>, <c>too_many_sessions</c>, <c>outcome_unknown</c>.</exception>
    Task<CommitReceipt> CommitAsync(CommitRequest request, CancellationToken cancellation);

    /// <summary>Reads addresses at one sequence: the present one, or an earlier one that the space still keeps (30 s).</summary>
    /// <param name="reads">1 to 10,000 addresses.</param>
    /// <param name="atSequence">Null for the present.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>snapshot_gone</c> when that sequence is no longer kept.</exception>
    Task<SpaceRead> ReadAsync(ImmutableArray<ReadTarget> reads, long? atSequence, CancellationToken cancellation);

    /// <summary>What the space holds, in numbers.</summary>
    Task<SpaceSummary> SummarizeAsync(CancellationToken cancellation);

    /// <summary>Document ids in ordinal order.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<DocumentPage> ListDocumentsAsync(string? after, int limit, CancellationToken cancellation);

    /// <summary>The commits after a sequence, oldest first; with a wait, not before there is one or the wait is over.</summary>
    /// <param name="after">A sequence; commits that the space no longer keeps (it keeps 1,000) are left out.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="wait">Zero to 20 s.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<CommitPage> ListCommitsAsync(long after, int limit, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Registers actions, all or none; what is registered with the same definition already stays untouched.</summary>
    /// <param name="definitions">1 to 100,000 definitions.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>unknown_handler</c>, <c>self_dependent</c>, <c>request_invalid</c>, <c>too_many_actions</c>.</exception>
    Task<ImmutableArray<RegisteredAction>> RegisterAsync(ImmutableArray<ActionDefinition> definitions, CancellationToken cancellation);

    /// <summary>Forgets an action: its observation, indexes and causes. What it wrote stays.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>.</exception>
    Task UnregisterAsync(ActionId action, CancellationToken cancellation);

    /// <summary>The actions in order of their ids.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ActionPage> ListActionsAsync(string? after, int limit, CancellationToken cancellation);

    /// <summary>One action, by id or by a name that only one action has.</summary>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>ambiguous</c>.</exception>
    Task<ActionDetail> GetActionAsync(string idOrName, CancellationToken cancellation);

    /// <summary>Why an action ran, or why it is to run; from what is stored.</summary>
    /// <param name="idOrName">Its id, or a name that only one action has.</param>
    /// <param name="run">The number of the run (the last 16 are kept); null for the newest one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>ambiguous</c>.</exception>
    Task<Explanation> ExplainAsync(string idOrName, long? run, CancellationToken cancellation);

    /// <summary>The actions and what connects them, at one sequence.</summary>
    Task<SpaceGraph> GraphAsync(CancellationToken cancellation);

    /// <summary>Gives an action a manual cause: it runs again, whether an input changed or not.</summary>
    /// <param name="idOrName">Its id, or a name that only one action has.</param>
    /// <param name="who">Who asks, 1 to 200 characters; it is shown as the reason of the run.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="Errors.SchedulerException"><c>not_found</c>, <c>ambiguous</c>.</exception>
    Task MarkAsync(string idOrName, string who, CancellationToken cancellation);

    /// <summary>For the settler: the next runs of a pass, writers before readers.</summary>
    Task<WavePlan> PlanWaveAsync(PlanRequest request, CancellationToken cancellation);

    /// <summary>For the settler: what the runs of a wave brought, kept as one journal entry. Repeating it changes nothing.</summary>
    Task<LandReceipt> LandWaveAsync(ImmutableArray<RunResult> results, CancellationToken cancellation);
}
