using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Keeps at most one wake-up per actor, so that a crash does not lose it.</summary>
/// <remarks>Calls for one actor take effect in the order in which they were made, even when nobody awaits between them.</remarks>
public interface IWakeupStore
{
    /// <summary>Sets or replaces the wake-up of the actor; durable when the task completes.</summary>
    /// <param name="kind">The kind of the actor.</param>
    /// <param name="key">Its key.</param>
    /// <param name="due">When it is due, UTC.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation);

    /// <summary>Removes the wake-up of the actor; nothing happens when there is none.</summary>
    /// <param name="kind">The kind of the actor.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation);

    /// <summary>The next wake-ups, ordered by kind and key in an order that the store chooses.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="countMax">1 to 10,000. Fewer answers mean that no more follow.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(StoredWakeup? after, int countMax, CancellationToken cancellation);
}
