namespace OrleansScheduler.Definitions.Applying;

/// <summary>What became of one definition; in a dry run, what would become of it.</summary>
public enum DefinitionOutcome
{
    /// <summary>It was not there, and is now.</summary>
    Created,

    /// <summary>It was there with another definition.</summary>
    Updated,

    /// <summary>It was there as the file wants it. A document counts as such whatever its value is.</summary>
    Unchanged,

    /// <summary>The set created it earlier, the file no longer names it, and it was left alone.</summary>
    Orphaned,

    /// <summary>The set created it earlier, the file no longer names it, and it was deleted.</summary>
    Deleted,

    /// <summary>The server refused it; nothing about it changed. The others were applied nevertheless.</summary>
    Failed,
}
