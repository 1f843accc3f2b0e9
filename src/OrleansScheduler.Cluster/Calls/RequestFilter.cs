using OrleansScheduler.Cluster.Activations;

namespace OrleansScheduler.Cluster.Calls;

/// <summary>Counts the requests of every actor, so that an idle one is known.</summary>
internal sealed class RequestFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) =>
        context.TargetContext?.GetComponent<ActivationSlot>() is { } slot ? CountAsync(slot.Activation, context) : context.Invoke();

    private static async Task CountAsync(ClusterActivation activation, IIncomingGrainCallContext context)
    {
        activation.Enter();
        try
        {
            await context.Invoke();
        }
        finally
        {
            activation.Leave();
        }
    }
}
