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

    private readonly TaskCompletionSource<Admission> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _listeners;

    public SlotRequest Request { get; } = request;

    /// <summary>Whether somebody listens. Who does not is not granted a slot.</summary>
    public bool IsListening => _listeners > 0;

    /// <summary>Whether it was granted a slot. Who was not, and gave up the place or asks anew, is answered that it still waits.</summary>
    public bool IsGranted { get; private set; }

    /// <summary>When it asked last.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Somebody listens until <see cref="StopListening"/>. Who asks twice at the same time gets the same answer.</summary>
    public Task<Admission> Listen(DateTimeOffset now)
    {
        _listeners++;
        AskedAt = now;
        return _answer.Task;
    }

    public void StopListening() => _listeners--;

    /// <summary>Where the lease goes once it is stored.</summary>
    public TaskCompletionSource<Admission> Grant()
    {
        IsGranted = true;
        return _answer;
    }
}
