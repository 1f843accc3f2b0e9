using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Settling;

/// <summary>Somebody who waits for an address.</summary>
internal sealed class Demand(ReadTarget target)
{
    public ReadTarget Target { get; } = target;

    public TaskCompletionSource Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
