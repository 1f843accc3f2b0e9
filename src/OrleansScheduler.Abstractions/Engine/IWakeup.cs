namespace OrleansScheduler.Engine;

/// <summary>The one wake-up of an actor: it makes the actor active again after a crash.</summary>
public interface IWakeup
{
    /// <summary>The actor shall be active within a minute of <paramref name="due"/>, even if the process dies now.
    /// Replaces an earlier wake-up; durable when the task completes. An engine may wake the actor early.</summary>
    Task SetAsync(DateTimeOffset due, CancellationToken cancellation);

    /// <summary>Removes the wake-up; nothing happens when there is none.</summary>
    Task ClearAsync(CancellationToken cancellation);
}
