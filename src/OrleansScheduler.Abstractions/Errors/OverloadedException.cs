namespace OrleansScheduler.Errors;

/// <summary>The actor has as many unanswered requests as it may; nothing of this request happened.</summary>
/// <param name="message">Which actor, and its limit.</param>
public sealed class OverloadedException(string message) : SchedulerException(ErrorCodes.Overloaded, message, isTransient: true);
