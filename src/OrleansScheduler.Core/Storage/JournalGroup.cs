namespace OrleansScheduler.Core.Storage;

/// <summary>Entries that become durable together, and everybody who waits for that.</summary>
internal sealed class JournalGroup
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False once the group is on its way to storage.</summary>
    public bool IsOpen { get; private set; } = true;

    public int Entries { get; private set; }

    public long Bytes { get; private set; }

    public Task Durable => _durable.Task;

    public void Add(int bytes)
    {
        Entries++;
        Bytes += bytes;
    }

    public void Close() => IsOpen = false;

    public void Complete() => _durable.TrySetResult();

    public void Fail(Exception fault)
    {
        _durable.TrySetException(fault);

        // Whoever awaits the group sees the failure; when nobody does, it is no unobserved one.
        _ = _durable.Task.Exception;
    }
}
