using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Storage;

/// <summary>Holds the wake-up of an actor while the actor is open: while it owes something that must survive a crash.</summary>
/// <remarks>
/// It is registered once, before the entry that opens the actor, and then kept until a wake-up finds the actor closed. A
/// busy actor thus pays for one registration a minute, not for one per entry.
/// </remarks>
internal sealed class WakeupKeeper(IActorContext context, TimeSpan ahead)
{
    private bool _held;

    /// <summary>True while a wake-up is registered.</summary>
    public bool IsHeld => _held;

    /// <summary>Registers the wake-up if it is not held.</summary>
    public async Task HoldAsync()
    {
        if (!_held)
        {
            await context.Wakeup.SetAsync(context.Time.GetUtcNow() + ahead, CancellationToken.None);
            _held = true;
        }
    }

    /// <summary>The wake-up came: it is renewed for an open actor and removed for a closed one.</summary>
    public async Task AnswerAsync(Func<bool> isOpen)
    {
        if (isOpen())
        {
            _held = true;
            await context.Wakeup.SetAsync(context.Time.GetUtcNow() + ahead, CancellationToken.None);
            return;
        }

        _held = false;
        await context.Wakeup.ClearAsync(CancellationToken.None);

        // An entry may have opened the actor while the removal was on its way.
        if (isOpen())
        {
            await HoldAsync();
        }
    }
}
