using System.Globalization;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>States under ETags that two activations of one actor may share.</summary>
internal sealed class SharedStates : IStateStorage
{
    private readonly Dictionary<string, StoredState> _states = [];
    private int _writes;

    /// <summary>How often something was written.</summary>
    public int Writes => _writes;

    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => Task.FromResult(_states.GetValueOrDefault(name));

    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        if (_states.GetValueOrDefault(name)?.ETag != expectedETag)
        {
            throw new StorageException(ErrorCodes.JournalConflict, $"{name} has another tag.", isTransient: false);
        }

        string tag = (++_writes).ToString(CultureInfo.InvariantCulture);
        _states[name] = new StoredState(content, tag);
        return Task.FromResult(tag);
    }

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => throw new NotSupportedException();
}
