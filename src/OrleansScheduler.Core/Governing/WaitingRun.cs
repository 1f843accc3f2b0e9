using OrleansScheduler.Core.Engine;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
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

    private readonly Signal _answered = new();
    private Admission? _answer;
    private SchedulerException? _fault;
    private int _listeners;

    public SlotRequest Request { get; } = request;

    /// <summary>Whether somebody listens. Who does not is not granted a slot.</summary>
    public bool IsListening => _listeners > 0;

    /// <summary>The lease, and when it is stored; null without one. Who has none, and gave up the place or asks anew, is answered that it still waits.</summary>
    public (Lease Lease, Task Durable)? Granted { get; private set; }

    /// <summary>When it asked last, in the measured time of the governor.</summary>
    public TimeSpan AskedAt { get; private set; }

    /// <summary>Waits for the lease. Who asks twice at the same time gets the same answer.</summary>
    /// <param name="context">The activation.</param>
    /// <param name="wait">How long, unless a grant is decided and only not stored yet.</param>
    /// <param name="cancellation">Ends the wait; the place is kept for a while.</param>
    /// <returns>Null when the time is over before a slot was free.</returns>
    public async Task<Admission?> ListenAsync(IActorContext context, TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            while (!await _answered.WaitAsync(context, wait, cancellation))
            {
                if (Granted is null)
                {
                    return null;
                }

                wait = Actor.WaitMax;
            }

            return _answer ?? throw _fault!;
        }
        finally
        {
            StopListening();
        }
    }

    public void StopListening() => _listeners--;

    /// <summary>Somebody is about to listen.</summary>
    public void Note(TimeSpan now)
    {
        _listeners++;
        AskedAt = now;
    }

    /// <summary>It is granted a slot; <see cref="Answer"/> follows when that is stored.</summary>
    public void Grant(Lease lease, Task durable) => Granted = (lease, durable);

    /// <summary>Whoever listens is told.</summary>
    public void Answer(Admission? admission, SchedulerException? fault)
    {
        (_answer, _fault) = (admission, fault);
        _answered.Set();
    }
}
