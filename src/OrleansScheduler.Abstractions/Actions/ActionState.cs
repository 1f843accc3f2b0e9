namespace OrleansScheduler.Actions;

/// <summary>Where an action stands.</summary>
public enum ActionState
{
    /// <summary>It has no cause to run, and nothing upstream has.</summary>
    Clean,

    /// <summary>Something upstream has a cause to run.</summary>
    Stale,

    /// <summary>It has a cause to run.</summary>
    Dirty,

    /// <summary>Its handler is not registered in this process; it is not run.</summary>
    Unavailable,
}
