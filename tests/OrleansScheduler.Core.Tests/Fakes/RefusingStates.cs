using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>States of which there are none, and none can be written.</summary>
internal sealed class RefusingStates : IStateStorage
{
    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => Task.FromResult<StoredState?>(null);

    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation) =>
        throw new StorageException(ErrorCodes.StorageFull, "The disk is full.", isTransient: true);

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => throw new NotSupportedException();
}
