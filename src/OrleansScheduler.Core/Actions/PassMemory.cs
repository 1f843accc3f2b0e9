namespace OrleansScheduler.Core.Actions;

/// <summary>What an activation remembers of an action between waves. Losing it costs time, never correctness.</summary>
internal sealed class PassMemory
{
    /// <summary>How often in a row its result met a newer value.</summary>
    public int Conflicts { get; set; }

    /// <summary>How often in a row it had to pause because its circle did not come to rest.</summary>
    public int Pauses { get; set; }

    /// <summary>Not before this is it given out; null for at once.</summary>
    public DateTimeOffset? PausedUntil { get; set; }
}
