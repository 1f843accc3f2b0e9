namespace OrleansScheduler.Embedded.Actors;

/// <summary>One stretch of work in the queue of an activation. It sits in one queue at a time, which links it by itself.</summary>
internal interface ITurn
{
    /// <summary>The neighbour in the queue; belongs to the queue.</summary>
    ITurn? Next { get; set; }

    /// <summary>Runs the turn. What it throws is logged.</summary>
    void Run();
}
