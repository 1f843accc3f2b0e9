namespace OrleansScheduler.Cluster.Calls;

/// <summary>Turns what Orleans throws when a call of an actor does not get through into failures that a caller of ours knows.</summary>
/// <param name="isClient">True in a client, false in a silo.</param>
internal sealed class FailureFilter(bool isClient) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith(nameof(OrleansScheduler), StringComparison.Ordinal) == true
            ? CallAsync(context)
            : context.Invoke();

    private async Task CallAsync(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (CallFailures.Understand(fault, isClient) is { } failure)
        {
            throw failure;
        }
    }
}
