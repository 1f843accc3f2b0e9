namespace OrleansScheduler.Schedules;

/// <summary>Where a schedule stands.</summary>
public enum ScheduleState
{
    /// <summary>It is due by its trigger.</summary>
    Active,

    /// <summary>It is not due until somebody resumes it.</summary>
    Paused,

    /// <summary>It has ended by itself and fires no more.</summary>
    Completed,
}
