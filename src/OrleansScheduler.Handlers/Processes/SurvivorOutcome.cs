namespace OrleansScheduler.Handlers.Processes;

/// <summary>What was found for a process that an earlier life of the host had started.</summary>
public enum SurvivorOutcome
{
    /// <summary>Nothing of it was left.</summary>
    Gone,

    /// <summary>It, or what it had started, was running and was ended.</summary>
    Ended,

    /// <summary>Some of it could not be ended, for example because it runs as another user. It is tried again at the next start.</summary>
    Left,

    /// <summary>A process fits by number and start time, and does not show the mark. It was not touched; it is looked at again at the next start.</summary>
    Unverified,

    /// <summary>The entry cannot be read. Its file was given the ending <c>.unreadable</c>.</summary>
    Unreadable,
}
