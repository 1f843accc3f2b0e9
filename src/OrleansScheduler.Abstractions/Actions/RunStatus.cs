namespace OrleansScheduler.Actions;

/// <summary>How a run ended, or that it has not.</summary>
public enum RunStatus
{
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
}
