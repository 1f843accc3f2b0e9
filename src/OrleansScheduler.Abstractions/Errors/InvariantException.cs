namespace OrleansScheduler.Errors;

/// <summary>The product found itself in a state that its own rules exclude. The actor that throws it stops.</summary>
/// <param name="message">Which rule is broken, and the values that show it.</param>
public sealed class InvariantException(string message) : SchedulerException(ErrorCodes.Internal, message);
