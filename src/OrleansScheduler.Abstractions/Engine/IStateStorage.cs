namespace OrleansScheduler.Engine;

/// <summary>Named states of one actor, each a blob under an ETag. No two of them change together.</summary>
public interface IStateStorage
{
    /// <summary>The state, or null when it was never written or was cleared.</summary>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<StoredState?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Writes the state and returns its new ETag; durable when the task completes.</summary>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="content">The new content, up to 64 MiB.</param>
    /// <param name="expectedETag">The ETag last seen; null when the state must not exist.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    /// <exception cref="Errors.StorageException">With <see cref="Errors.ErrorCodes.JournalConflict"/> when the ETag is another.</exception>
    Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation);

    /// <summary>Removes the state under the same rule as <see cref="WriteAsync"/>.</summary>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="expectedETag">The ETag last seen.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    Task ClearAsync(string name, string expectedETag, CancellationToken cancellation);
}
