using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>The wake-up of one actor, as one activation of it sees it: a reminder, which Orleans repeats every minute until it is removed.</summary>
/// <remarks>Writes go one after another, and none begins after the end of the activation: the next one may have written.</remarks>
internal sealed class ClusterWakeup(ClusterActivation activation) : IWakeup
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private Task _last = Task.CompletedTask;

    public Task SetAsync(DateTimeOffset due, CancellationToken cancellation) => _last = WriteAsync(_last, due);

    public Task ClearAsync(CancellationToken cancellation) => _last = WriteAsync(_last, null);

    private async Task WriteAsync(Task before, DateTimeOffset? due)
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
            throw activation.Stopped();
        }

        GrainId grain = activation.Grain.GrainId;
        if (due is { } instant)
        {
            TimeSpan wait = instant - activation.Process.Options.Time.GetUtcNow();
            await activation.Process.Reminders.RegisterOrUpdateReminder(grain, ActorGrain.Wakeup, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Period);
        }
        else if (await activation.Process.Reminders.GetReminder(grain, ActorGrain.Wakeup) is { } reminder)
        {
            await activation.Process.Reminders.UnregisterReminder(grain, reminder);
        }
    }
}
