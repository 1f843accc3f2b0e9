using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What is known of one run of a schedule from what has landed, and from its handler.</summary>
internal sealed class RunAccount(RunId run, OccurrenceOrigin origin, DateTimeOffset instant, DateTimeOffset notBefore)
{
    public RunId Run { get; } = run;

    public OccurrenceOrigin Origin { get; } = origin;

    public DateTimeOffset Instant { get; } = instant;

    /// <summary>Its instant, and as much later as its jitter says: before it no handler may be called.</summary>
    public DateTimeOffset NotBefore { get; } = notBefore;

    public RunStatus Status { get; set; } = RunStatus.Queued;

    public bool IsOpen => Status is RunStatus.Queued or RunStatus.Running;

    public bool WasDeleted { get; set; }

    /// <summary>Its slot was taken back because its time was over.</summary>
    public bool LostSlot { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>How often its handler was called.</summary>
    public int Calls { get; set; }

    /// <summary>In which process it was called.</summary>
    public int CalledBy { get; set; }

    /// <summary>Whether the newest call has returned, with something to write: then there may be another after a conflict.</summary>
    public bool MayConflict { get; set; }

    /// <summary>When its handler was called first. All its calls together have one limit.</summary>
    public TimeSpan CalledAt { get; set; }

    /// <summary>Its slot was old when its handler was called, which therefore had less time than its definition says.</summary>
    public bool HasLittleTime { get; set; }

    /// <summary>Its handler goes on when it is told to end.</summary>
    public bool IgnoresItsEnd { get; set; }

    /// <summary>How many calls have begun, in whatever process.</summary>
    public int Began { get; set; }

    /// <summary>How many of its calls have returned, in whatever process.</summary>
    public int Returned { get; set; }

    /// <summary>How many of its calls have thrown, in whatever process.</summary>
    public int Threw { get; set; }

    /// <summary>Whether the call that returned last had written.</summary>
    public bool Wrote { get; set; }

    /// <summary>Whether the call that returned last had asked to be the last of its schedule.</summary>
    public bool Completes { get; set; }

    /// <summary>How many calls are under way, in the process that called.</summary>
    public int Inside { get; set; }

    /// <summary>In how many entries the history has it.</summary>
    public int Recorded { get; set; }
}
