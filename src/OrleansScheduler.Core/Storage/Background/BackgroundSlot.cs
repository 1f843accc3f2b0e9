namespace OrleansScheduler.Core.Storage.Background;

/// <summary>The unsaved state of one key.</summary>
internal sealed class BackgroundSlot<T>(BackgroundRequest newest, T snapshot, DateTimeOffset now)
{
    public BackgroundRequest Newest { get; set; } = newest;

    /// <summary>Belongs to <see cref="Newest"/>.</summary>
    public T Snapshot { get; set; } = snapshot;

    /// <summary>When the oldest change came that is not saved.</summary>
    public DateTimeOffset UnsavedSince { get; set; } = now;

    public DateTimeOffset LastRequestAt { get; set; } = now;

    /// <summary>When the oldest change came that the write under way does not contain; null for none.</summary>
    public DateTimeOffset? NewerSince { get; set; }

    /// <summary>The newest generation that a try has contained.</summary>
    public long? Tried { get; set; }

    public bool IsWriting { get; set; }

    /// <summary>Somebody waits: neither the debounce nor the pause after a failure is kept.</summary>
    public bool IsUrgent { get; set; }

    public DateTimeOffset? RetryAt { get; set; }

    public int Attempts { get; set; }

    public string Reason { get; set; } = "pending";

    public string Message { get; set; } = "It was not tried yet.";
}
