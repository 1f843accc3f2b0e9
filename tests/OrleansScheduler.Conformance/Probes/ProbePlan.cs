namespace OrleansScheduler.Conformance.Probes;

/// <summary>How the probe of one key behaves where no request tells it.</summary>
public sealed class ProbePlan
{
    /// <summary>The mark that activation waits for, after it left the mark <c>loading:key</c>; null for none.</summary>
    public string? LoadGate { get; set; }

    /// <summary>What activation throws; null for nothing.</summary>
    public Exception? LoadFailure { get; set; }

    /// <summary>True when the probe says that it is busy.</summary>
    public bool IsBusy { get; set; }

    /// <summary>True when the flush never ends.</summary>
    public bool HangsInFlush { get; set; }

    /// <summary>What the flush throws; null for nothing.</summary>
    public Exception? FlushFailure { get; set; }

    /// <summary>True when waking clears the wake-up.</summary>
    public bool ClearsWakeup { get; set; } = true;

    /// <summary>What waking throws; null for nothing.</summary>
    public Exception? WakeFailure { get; set; }
}
