using OrleansScheduler.Core.Engine;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Settling;

/// <summary>Somebody who waits for an address.</summary>
internal sealed class Demand(ReadTarget target)
{
    public ReadTarget Target { get; } = target;

    public Signal Met { get; } = new();
}
