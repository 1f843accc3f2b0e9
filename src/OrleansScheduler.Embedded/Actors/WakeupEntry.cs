namespace OrleansScheduler.Embedded.Actors;

/// <summary>One wake-up in memory; <see cref="WakeupClock"/> guards it.</summary>
internal sealed class WakeupEntry((string Kind, string Key) address, long ordinal, DateTimeOffset due)
{
    /// <summary>Orders by due time; those of one instant by age, so that the order is the same in every run.</summary>
    internal static IComparer<WakeupEntry> ByDue { get; } = Comparer<WakeupEntry>.Create(static (left, right) =>
        left.Due.CompareTo(right.Due) is var order and not 0 ? order : left.Ordinal.CompareTo(right.Ordinal));

    internal (string Kind, string Key) Address { get; } = address;

    internal long Ordinal { get; } = ordinal;

    /// <summary>When it fires next. Does not change while the entry is in the ordered set.</summary>
    internal DateTimeOffset Due { get; set; } = due;

    /// <summary>How often in a row the actor could not be woken.</summary>
    internal int Failures { get; set; }
}
