namespace OrleansScheduler.Embedded.Actors;

/// <summary>A request that waits for its turn; until it starts, it can move to another activation of the same actor.</summary>
internal interface IRequest : ITurn
{
    /// <summary>The activation in whose queue the request is.</summary>
    Activation? Target { get; set; }

    /// <summary>Answers with a failure instead of starting.</summary>
    void Refuse(Exception reason);
}
