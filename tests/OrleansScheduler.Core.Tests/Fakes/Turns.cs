namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>The turns of one actor, run by the test: what is awaited within one comes back only in <see cref="Run"/>.</summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs a turn, and then whatever follows from it, until nothing can go on.</summary>
    public void Run(Action turn) => Run<object?>(() =>
    {
        turn();
        return null;
    });

    /// <inheritdoc cref="Run(Action)"/>
    public T Run<T>(Func<T> turn)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            T result = turn();
            while (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }

            return result;
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
