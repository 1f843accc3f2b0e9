namespace OrleansScheduler.Actions;

/// <summary>What registering did.</summary>
public enum Registration
{
    /// <summary>The action is new; it runs for the first time when it is live.</summary>
    Created,

    /// <summary>It was there with the same definition and code; nothing changed.</summary>
    Restored,

    /// <summary>Its definition or code differs; it runs again for that reason.</summary>
    Changed,
}
