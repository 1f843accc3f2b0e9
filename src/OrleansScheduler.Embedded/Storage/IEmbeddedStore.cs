using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>What the embedded engine needs of its storage beyond the actors' shares.</summary>
/// <remarks>Disposing finishes what waits within 10 s; calls after that end with <see cref="Errors.ErrorCodes.Stopping"/>.</remarks>
public interface IEmbeddedStore : IActorStorage, IWakeupStore, IAsyncDisposable
{
    /// <summary>How often the store was opened, this time included; 1 at first. Durable before the store opens.</summary>
    long Incarnation { get; }

    /// <summary>The deployment's epoch; 1 until a backup is imported.</summary>
    long Epoch { get; }

    /// <summary>Counters since opening and the state of health.</summary>
    StoreStatistics Statistics { get; }

    /// <summary>Closes, as disposing does.</summary>
    /// <returns>The actors, as kind and key, whose writes were not finished within 10 s; empty when all were.</returns>
    async Task<ImmutableArray<string>> CloseAsync()
    {
        await DisposeAsync();
        return [];
    }
}
