namespace OrleansScheduler.Spaces;

/// <summary>What became of one result.</summary>
public enum Landing
{
    /// <summary>It is stored, or was stored before.</summary>
    Kept,

    /// <summary>A value that it read changed meanwhile; the action stays dirty and runs again.</summary>
    Conflict,

    /// <summary>The action was changed, unregistered or ran elsewhere meanwhile, or its writes do not apply; the result is lost.</summary>
    Dropped,
}
