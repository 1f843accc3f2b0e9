using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Conformance.Probes;

/// <summary>An actor that does what a test tells it.</summary>
[Actor("probe")]
public interface IProbe : IProbeParent
{
    /// <summary>Which activation of its key answers; 1 for the first.</summary>
    Task<int> LifeAsync();

    /// <summary>Makes a mark.</summary>
    Task MarkAsync(string mark, CancellationToken cancellation);

    /// <summary>Marks <c>entered:mark</c>, waits for the mark, marks <c>left:mark</c>, and answers with its life.</summary>
    Task<int> WaitAsync(string mark, CancellationToken cancellation);

    /// <summary>Marks <c>entered:mark</c>, waits for its token to be cancelled, and makes the mark.</summary>
    Task WaitForCancellationAsync(string mark, CancellationToken cancellation);

    /// <summary>Counts in steps that would lose counts if turns overlapped, with awaits between them.</summary>
    /// <returns>The count so far.</returns>
    Task<int> CountAsync(int steps);

    /// <summary>True when two turns were ever seen at once.</summary>
    Task<bool> OverlappedAsync();

    /// <summary>A task that <see cref="ReleaseAsync"/> completes, with continuations run by whoever completes it.</summary>
    Task HeldAsync();

    /// <summary>Completes <see cref="HeldAsync"/> within its turn; the thread of the turn is then known to be in it.</summary>
    Task ReleaseAsync();

    /// <summary>Throws before it returns a task.</summary>
    Task<int> ThrowAtOnceAsync(string text);

    /// <summary>Throws after an await, as a type that the name chooses.</summary>
    Task ThrowLaterAsync(string type);

    /// <summary>Takes all kinds of arguments and returns them as text.</summary>
    Task<string> TakeAsync(int number, string? text, ProbeFact? fact, DateTimeOffset instant, double? real, Guid id, ImmutableArray<byte> bytes);

    /// <summary>Whether the token came along: it can be cancelled.</summary>
    Task<bool> HasTokenAsync(int one, CancellationToken cancellation);

    /// <summary>Appends a line to the journal and answers when it is durable.</summary>
    Task AppendAsync(string line);

    /// <summary>Adds a line that only the flush at the end makes durable.</summary>
    Task AddUnflushedAsync(string line);

    /// <summary>All lines.</summary>
    Task<ImmutableArray<string>> LinesAsync();

    /// <summary>Waits for the mark and then appends, even if the activation has ended meanwhile.</summary>
    Task AppendAfterAsync(string mark, string line);

    /// <summary>Queues a request to itself and faults in the same turn. Marks <c>served by life</c> when that request has its answer.</summary>
    Task FaultAsync();

    /// <summary>Asks for an end in good order.</summary>
    Task EndAsync();

    /// <summary>Arms a timer whose turn makes the mark.</summary>
    Task StartTimerAsync(TimeSpan due, string mark);

    /// <summary>Disposes the timer armed last.</summary>
    Task CancelTimerAsync();

    /// <summary>Arms a timer whose turn throws.</summary>
    Task StartFailingTimerAsync(TimeSpan due);

    /// <summary>Marks <c>outside:mark</c> outside, waits there for the mark or for the end of the activation, and comes back.</summary>
    /// <returns>What the work brought back: its mark.</returns>
    Task<string> RunOutsideAsync(string mark);

    /// <summary>Sets the wake-up, or clears it with null. Waking marks <c>woken:key</c>.</summary>
    Task WakeAtAsync(DateTimeOffset? due);

    /// <summary>Calls the probe of the next number, and so on, and answers with how deep calls were nested on one thread.</summary>
    Task<int> ChainAsync(int number, int last);

    /// <summary>Calls <see cref="MarkAsync"/> of another probe, until <see cref="GiveUpAsync"/>.</summary>
    /// <returns><c>answered</c>; or <c>apart</c> or <c>within</c>, for the turn that gave the call up.</returns>
    Task<string> CallAsync(string key, string mark);

    /// <summary>Cancels the call that <see cref="CallAsync"/> waits for.</summary>
    Task GiveUpAsync();

    /// <summary>The next number of its randomness.</summary>
    Task<int> RandomAsync();
}
