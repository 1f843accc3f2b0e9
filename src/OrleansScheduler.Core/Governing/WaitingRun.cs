using OrleansScheduler.Governing;

namespace OrleansScheduler.Core.Governing;

/// <summary>One run that waits.</summary>
internal sealed class WaitingRun(SlotRequest request)
{
    /// <summary>Who has waited longest comes first.</summary>
    public static readonly IComparer<WaitingRun> Order = Comparer<WaitingRun>.Create((one, other) =>
        one.Request.QueuedAt.CompareTo(other.Request.QueuedAt) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Request.Run.ToString(), other.Request.Run.ToString()));

    public SlotRequest Request { get; } = request;

    /// <summary>Where its answer goes; null while nobody listens, and then it is not granted a slot.</summary>
    public TaskCompletionSource<Admission>? Answer { get; set; }

    /// <summary>When it asked last.</summary>
    public DateTimeOffset AskedAt { get; set; }
}
