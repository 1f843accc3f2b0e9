namespace OrleansScheduler.Errors;

/// <summary>A stored row is torn or altered. Nothing was guessed: the actor does not start, its rows stay as they are.</summary>
public sealed class CorruptStateException : SchedulerException
{
    /// <summary>Names the damaged row.</summary>
    /// <param name="journal">The actor whose state is damaged.</param>
    /// <param name="row">The row, as its storage names it.</param>
    /// <param name="reason">What does not fit.</param>
    public CorruptStateException(string journal, string row, string reason)
        : base(ErrorCodes.CorruptState, $"The stored state of {journal} is damaged at {row}: {reason}.")
    {
        With("journal", journal).With("row", row).With("reason", reason);
    }
}
