namespace OrleansScheduler.Embedded.Actors;

/// <summary>Decides when activations that have turns waiting may run, and where foreign code runs.</summary>
/// <remarks>
/// In production this is <see cref="ThreadPoolTurnScheduler"/>. A simulator chooses by its seed which slot comes next, one
/// at a time, and turns inline calls off, so that the seed alone decides the order of everything.
/// </remarks>
public interface ITurnScheduler
{
    /// <summary>True when a call to an idle actor may run at once on the thread of its caller.</summary>
    bool AllowsInlineCalls { get; }

    /// <summary>How many turns one activation may run before others get their chance; 1 or more.</summary>
    int TurnsPerSlot { get; }

    /// <summary>Runs the slot soon, and not within this call. One activation asks again only after its slot has begun.</summary>
    /// <param name="slot">An activation with waiting turns; its text names the actor.</param>
    void Schedule(IThreadPoolWorkItem slot);

    /// <summary>Runs work that belongs to no actor soon, and not within this call.</summary>
    /// <param name="work">It may continue asynchronously in the synchronization context that it is started in.</param>
    void ScheduleOutside(IThreadPoolWorkItem work);
}
