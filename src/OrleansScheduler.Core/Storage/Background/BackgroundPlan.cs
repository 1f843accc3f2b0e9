using System.Collections.Immutable;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Decides what is written when. Pure: it knows neither clock nor storage.</summary>
internal sealed class BackgroundPlan<T>(BackgroundOptions options)
{
    private readonly SortedDictionary<string, BackgroundSlot<T>> _slots = new(StringComparer.Ordinal);

    /// <summary>When <see cref="TakeDue"/> has something next; null while everything is saved or under way.</summary>
    public DateTimeOffset? NextDue =>
        _slots.Values.Where(slot => !slot.IsWriting).Select(slot => (DateTimeOffset?)DueOf(slot)).Min();

    /// <summary>True when nothing is unsaved.</summary>
    public bool IsSaved => _slots.Count == 0;

    /// <summary>Everything that is unsaved.</summary>
    public IEnumerable<BackgroundRequest> Unsaved => _slots.Values.Select(slot => slot.Newest);

    /// <summary>Takes in a request. Of two snapshots of one key the one of the higher generation wins.</summary>
    /// <returns>False when there are too many keys.</returns>
    public bool Request(BackgroundRequest request, T snapshot, DateTimeOffset now)
    {
        if (!_slots.TryGetValue(request.Key, out BackgroundSlot<T>? slot))
        {
            return _slots.Count < options.KeysMax && _slots.TryAdd(request.Key, new BackgroundSlot<T>(request, snapshot, now));
        }

        if (request.Generation <= slot.Newest.Generation)
        {
            return true;
        }

        (slot.Newest, slot.Snapshot, slot.LastRequestAt) = (request, snapshot, now);
        slot.NewerSince ??= slot.Tried is null ? null : now;
        return true;
    }

    /// <summary>What is to be written now. It counts as under way until it was written or failed.</summary>
    public ImmutableArray<(BackgroundRequest Request, T Snapshot)> TakeDue(DateTimeOffset now)
    {
        var due = ImmutableArray.CreateBuilder<(BackgroundRequest, T)>();
        foreach (BackgroundSlot<T> slot in _slots.Values.Where(slot => !slot.IsWriting && DueOf(slot) <= now))
        {
            (slot.IsWriting, slot.IsUrgent, slot.Tried, slot.NewerSince) = (true, false, slot.Newest.Generation, null);
            due.Add((slot.Newest, slot.Snapshot));
        }

        return due.DrainToImmutable();
    }

    /// <summary>A write has ended well.</summary>
    /// <returns>True when tries had failed before.</returns>
    public bool Written(BackgroundRequest request)
    {
        BackgroundSlot<T> slot = _slots[request.Key];
        bool hadFailed = slot.Attempts > 0;
        if (slot.Newest.Generation == request.Generation)
        {
            _slots.Remove(request.Key);
            return hadFailed;
        }

        (slot.IsWriting, slot.Attempts, slot.RetryAt, slot.Tried) = (false, 0, null, null);
        (slot.UnsavedSince, slot.NewerSince) = (slot.NewerSince ?? slot.LastRequestAt, null);
        (slot.Reason, slot.Message) = ("pending", "It was not tried yet.");
        return hadFailed;
    }

    /// <summary>A write has failed. It is tried again after a pause, with the newest state.</summary>
    public void Failed(BackgroundRequest request, string reason, string message, DateTimeOffset now)
    {
        BackgroundSlot<T> slot = _slots[request.Key];
        double factor = Math.Pow(2, Math.Min(slot.Attempts, 30));
        TimeSpan pause = TimeSpan.FromTicks((long)Math.Min(options.RetryFirst.Ticks * factor, options.RetryMax.Ticks));
        (slot.IsWriting, slot.RetryAt, slot.Reason, slot.Message) = (false, now + pause, reason, message);
        slot.Attempts++;
    }

    /// <summary>Everything unsaved is due at once; after one failure the pauses count again.</summary>
    public void Urge()
    {
        foreach (BackgroundSlot<T> slot in _slots.Values)
        {
            slot.IsUrgent = true;
        }
    }

    /// <summary>What is unsaved, with what is known of failed tries.</summary>
    public ImmutableArray<BackgroundFailure> Report(DateTimeOffset now) => [.. _slots.Values.Select(slot => Report(slot, now))];

    /// <summary>The report of one key.</summary>
    public BackgroundFailure Report(string key, DateTimeOffset now) => Report(_slots[key], now);

    /// <summary>True when the latest try for a key has failed, and nothing has changed since.</summary>
    public bool HasFailedWithTheNewest(string key) =>
        _slots.TryGetValue(key, out BackgroundSlot<T>? slot) && slot is { IsWriting: false, Attempts: > 0 } && slot.Newest.Generation <= slot.Tried;

    private static BackgroundFailure Report(BackgroundSlot<T> slot, DateTimeOffset now) => new(
        slot.Newest.Target, slot.Newest.Key, slot.Reason, slot.Message, slot.Newest.Generation > slot.Tried, now - slot.UnsavedSince,
        slot.Attempts);

    private DateTimeOffset DueOf(BackgroundSlot<T> slot)
    {
        if (slot.IsUrgent)
        {
            return DateTimeOffset.MinValue;
        }

        DateTimeOffset quiet = slot.LastRequestAt + options.Debounce;
        DateTimeOffset oldest = slot.UnsavedSince + options.AgeMax;
        return slot.RetryAt ?? (quiet < oldest ? quiet : oldest);
    }
}
