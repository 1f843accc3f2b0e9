using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>The wake-up of one actor, as one activation of it sees it.</summary>
/// <remarks>Writes go one after another, and none begins after the end of the activation: the next one may have written.</remarks>
internal sealed class ActorWakeup(Activation activation) : IWakeup
{
    private Task _last = Task.CompletedTask;

    public Task SetAsync(DateTimeOffset due, CancellationToken cancellation) => _last = WriteAsync(_last, due, cancellation);

    public Task ClearAsync(CancellationToken cancellation) => _last = WriteAsync(_last, null, cancellation);

    private async Task WriteAsync(Task before, DateTimeOffset? due, CancellationToken cancellation)
    {
        try
        {
            await before;
        }
        catch (Exception)
        {
            // Its own caller learned of it; this write replaces it anyway.
        }

        if (activation.IsDead)
        {
            throw activation.Kind.Core.StoppingFailure(activation.ToString());
        }

        await activation.Kind.Core.Wakeups.SetAsync(activation.Kind.Name, activation.Key, due, cancellation);
    }
}
