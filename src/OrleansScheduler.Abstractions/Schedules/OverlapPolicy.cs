namespace OrleansScheduler.Schedules;

/// <summary>What becomes of an occurrence that is due while an earlier run is open. This version runs <see cref="Skip"/> and <see cref="Allow"/> and refuses the others.</summary>
public enum OverlapPolicy
{
    /// <summary>It is skipped.</summary>
    Skip,

    /// <summary>One waits for the end of the run; further ones are skipped.</summary>
    QueueOne,

    /// <summary>Each waits for the end of the one before.</summary>
    QueueAll,

    /// <summary>The run is aborted in its favour.</summary>
    CancelRunning,

    /// <summary>It runs beside the others, up to 100 open runs; beyond them it is skipped.</summary>
    Allow,
}
