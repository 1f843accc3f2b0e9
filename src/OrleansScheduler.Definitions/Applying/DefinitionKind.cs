namespace OrleansScheduler.Definitions.Applying;

/// <summary>What a change concerns.</summary>
public enum DefinitionKind
{
    /// <summary>A concurrency group of the governor.</summary>
    Group,

    /// <summary>A document of a space.</summary>
    Document,

    /// <summary>An action of a space.</summary>
    Action,

    /// <summary>A schedule.</summary>
    Schedule,
}
