namespace OrleansScheduler.Simulation.Running;

/// <summary>Stands where nothing may go on: the clock moves in it, so that whatever comes due goes on in the context that it waited in.</summary>
internal sealed class NoContext : SynchronizationContext
{
    public static NoContext Instance { get; } = new();

    public override void Post(SendOrPostCallback d, object? state) =>
        throw new InvalidOperationException("Something waits outside of every process, so the run would not repeat.");

    public override SynchronizationContext CreateCopy() => this;
}
