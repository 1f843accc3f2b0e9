using System.Collections.Concurrent;
using OrleansScheduler.Core.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What ended activations were still writing: the next one of the same actor reads only after that.</summary>
/// <remarks>
/// An activation ends after 10 s at most, its writes when storage gets to them. A snapshot that lands after the next activation
/// has loaded would bring back pages of which that one does not know, and which it would therefore never remove.
/// </remarks>
internal sealed class UnfinishedWrites
{
    private readonly ConcurrentDictionary<string, Task> _byKey = new(StringComparer.Ordinal);

    /// <summary>Of how many actors something is still being written.</summary>
    public int Count => _byKey.Count;

    /// <summary>An activation ends. To be called in its turn.</summary>
    /// <param name="key">The actor.</param>
    /// <param name="writes">What it was writing, whether it succeeds or not.</param>
    public void Add(string key, params Task[] writes)
    {
        if (writes.Any(write => !write.IsCompleted))
        {
            _ = KeepAsync(key, EndAsync([_byKey.GetValueOrDefault(key, Task.CompletedTask), .. writes]));
        }
    }

    /// <summary>Waits until nothing of an earlier activation is being written.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public Task WaitAsync(string key, CancellationToken cancellation) =>
        _byKey.TryGetValue(key, out Task? writes) ? Release.OnceCancelledAsync(writes, cancellation) : Task.CompletedTask;

    private async Task KeepAsync(string key, Task writes)
    {
        _byKey[key] = writes;
        await writes;
        _byKey.TryRemove(KeyValuePair.Create(key, writes));
    }

    // One after the other, and not by Task.WhenAll, which goes on through the thread pool, where no simulation has a say.
    private static async Task EndAsync(Task[] writes)
    {
        foreach (Task write in writes)
        {
            try
            {
                await write;
            }
            catch (Exception)
            {
                // Whoever wrote it was told.
            }
        }
    }
}
