using Orleans.Runtime.Messaging;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Calls;

/// <summary>Turns what Orleans throws when a call of an actor does not get through into failures that a caller of ours knows.</summary>
internal sealed class FailureFilter : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith(nameof(OrleansScheduler), StringComparison.Ordinal) == true
            ? CallAsync(context)
            : context.Invoke();

    private static async Task CallAsync(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (Understand(fault) is { } failure)
        {
            throw failure;
        }
    }

    private static SchedulerException? Understand(Exception fault) => fault switch
    {
        LimitExceededException => new OverloadedException("The actor has as many unanswered requests as it may."),
        TimeoutException => new SchedulerException(ErrorCodes.Timeout, "The answer did not come in time; the request may have been carried out.", isTransient: true),
        GatewayTooBusyException => new OverloadedException("The gateway is too busy."),
        OrleansMessageRejectionException => new SchedulerException(ErrorCodes.Stopping, $"The request could not be delivered: {fault.Message}", isTransient: true),
        SiloUnavailableException or ConnectionFailedException => new SchedulerException(
            ErrorCodes.OutcomeUnknown, "The silo of the actor is gone; the request may have been carried out.", isTransient: true)
            .With("reason", "silo_unavailable"),

        // For example that no silo is left for the actor: the last one stops.
        OrleansException => new SchedulerException(ErrorCodes.Stopping, $"The request could not be delivered: {fault.Message}", isTransient: true),
        ObjectDisposedException => new SchedulerException(ErrorCodes.Stopping, "This process is shutting down; repeat later.", isTransient: true),
        _ => null,
    };
}
