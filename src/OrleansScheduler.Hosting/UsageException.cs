namespace OrleansScheduler.Hosting;

/// <summary>The process was started with something that it does not accept.</summary>
/// <param name="message">What, and what it accepts instead.</param>
internal sealed class UsageException(string message) : Exception(message);
