namespace OrleansScheduler.Schedules;

/// <summary>Where an occurrence comes from.</summary>
public enum OccurrenceOrigin
{
    /// <summary>The trigger.</summary>
    Nominal,

    /// <summary>A request to run now.</summary>
    Manual,
}
