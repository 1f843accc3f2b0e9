using Orleans.Runtime.Messaging;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Calls;

/// <summary>What a failure of Orleans says of a call: that it was not carried out, or that nobody knows.</summary>
/// <remarks>
/// A silo gives up a request without sending it again once it was written to a connection, and then says that the target is unavailable. So what it
/// refuses otherwise has not begun. A client sends again what it had written when its gateway went, through another one; "No gateways
/// available", a retry too many, or a refusal of any silo may be of the second copy, while the first one is carried out.
/// </remarks>
internal static class CallFailures
{
    /// <summary>The failure as a caller of ours knows it; null when it is none of Orleans.</summary>
    /// <param name="fault">What the call threw.</param>
    /// <param name="isClient">True for calls of a client, false for those of a silo.</param>
    public static SchedulerException? Understand(Exception fault, bool isClient) => fault switch
    {
        LimitExceededException => new OverloadedException("The actor has as many unanswered requests as it may."),
        TimeoutException => new SchedulerException(ErrorCodes.Timeout, "The answer did not come in time; the request may have been carried out.", isTransient: true),
        GatewayTooBusyException => new OverloadedException("The gateway is too busy."),
        SiloUnavailableException or ConnectionFailedException => new SchedulerException(
            ErrorCodes.OutcomeUnknown, "The silo of the actor is gone; the request may have been carried out.", isTransient: true)
            .With("reason", "silo_unavailable"),
        OrleansException when isClient => new SchedulerException(
            ErrorCodes.OutcomeUnknown, $"The request was not answered; it may have been carried out: {fault.Message}", isTransient: true)
            .With("reason", "not_delivered"),

        // For example that no silo is left for the actor: the last one stops.
        OrleansException => new SchedulerException(ErrorCodes.Stopping, $"The request could not be delivered: {fault.Message}", isTransient: true),
        ObjectDisposedException => new SchedulerException(ErrorCodes.Stopping, "This process is shutting down; repeat later.", isTransient: true),
        _ => null,
    };
}
