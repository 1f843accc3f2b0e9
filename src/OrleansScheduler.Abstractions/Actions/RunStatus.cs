namespace OrleansScheduler.Actions;

/// <summary>How a run ended, or that it has not.</summary>
public enum RunStatus
{
    /// <summary>It waits for a slot, or for the earliest instant at which it may start.</summary>
    Queued,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>The handler returned.</summary>
    Completed,

    /// <summary>The handler threw, or what it wrote could not be applied.</summary>
    Failed,

    /// <summary>The handler did not return within its time limit.</summary>
    Timeout,

    /// <summary>A person or a stopping host ended it.</summary>
    Aborted,

    /// <summary>The process that ran it ended first; how far it came is known only from what it committed.</summary>
    HostLost,

    /// <summary>It held its slot longer than it may; how far it came is known only from what it committed.</summary>
    LeaseExpired,
}
