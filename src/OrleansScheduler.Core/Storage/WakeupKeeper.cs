using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Storage;

/// <summary>Holds the wake-up of an actor while the actor is open: while it owes something that must survive a crash.</summary>
/// <remarks>
/// It is registered once, before the entry that opens the actor, and then kept until a wake-up finds the actor closed. A
/// busy actor thus pays for one registration a minute, not for one per entry. Changes are stored one after the other, so that
/// what is known of the newest is true.
/// </remarks>
/// <param name="context">The activation.</param>
/// <param name="ahead">How far ahead it is registered.</param>
/// <param name="fence">Keeps earlier activations from writing; false when that has to wait.</param>
internal sealed class WakeupKeeper(IActorContext context, TimeSpan ahead, Func<Task<bool>> fence)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private Task _last = Task.CompletedTask;
    private bool _held;

    /// <summary>True while a wake-up is registered.</summary>
    public bool IsHeld => _held;

    /// <summary>Registers the wake-up if it is not held.</summary>
    public Task HoldAsync() => AfterwardsAsync(() => _held ? Task.CompletedTask : SetAsync());

    /// <summary>
    /// The actor came up open. Its wake-up may have been removed before the entry that opened it arrived, which was sent by
    /// somebody who is gone; so it is registered again, and again until that succeeds.
    /// </summary>
    public async Task HoldWhileAsync(Func<bool> isOpen)
    {
        try
        {
            await HoldAsync();
        }
        catch (Exception)
        {
            // Whatever it is: nobody else would try. In an activation that ends no timer runs any more; the next one tries it.
            context.StartTimer(TryAgainAfter, () => isOpen() ? HoldWhileAsync(isOpen) : Task.CompletedTask);
        }
    }

    /// <summary>The wake-up came: it is renewed for an open actor and removed for a closed one.</summary>
    public Task AnswerAsync(Func<bool> isOpen) => AfterwardsAsync(async () =>
    {
        // The entry that opens the actor may still be on its way, from an activation in a process that is gone or cut off: it must
        // not arrive when nobody will be woken for it any more.
        if (isOpen() || !await fence() || isOpen())
        {
            await SetAsync();
            return;
        }

        _held = false;
        await context.Wakeup.ClearAsync(CancellationToken.None);

        // An entry may have opened the actor while the removal was on its way.
        if (isOpen())
        {
            await SetAsync();
        }
    });

    private async Task SetAsync()
    {
        await context.Wakeup.SetAsync(context.Time.GetUtcNow() + ahead, CancellationToken.None);
        _held = true;
    }

    private async Task AfterwardsAsync(Func<Task> change)
    {
        Task before = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = done.Task;
        try
        {
            await before;
            await change();
        }
        finally
        {
            done.SetResult();
        }
    }
}
