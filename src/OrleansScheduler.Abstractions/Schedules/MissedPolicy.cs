namespace OrleansScheduler.Schedules;

/// <summary>What becomes of occurrences that are noticed later than the tolerance. This version runs <see cref="Skip"/> and <see cref="RunLatest"/> and refuses the others.</summary>
public enum MissedPolicy
{
    /// <summary>They are skipped and counted.</summary>
    Skip,

    /// <summary>The latest of them runs; the others are skipped and counted.</summary>
    RunLatest,

    /// <summary>All of them run.</summary>
    RunAll,

    /// <summary>They are held for a person's decision.</summary>
    Stasis,
}
