namespace OrleansScheduler.Embedded.Storage;

/// <summary>Sets the wake-up of an actor, or clears it.</summary>
/// <param name="kind">Kind of the actor.</param>
/// <param name="key">Key of the actor.</param>
/// <param name="due">Null clears it.</param>
internal sealed class WakeupOperation(string kind, string key, DateTimeOffset? due) : WriteOperation(kind, key)
{
    public override StorageSite Before => StorageSite.WakeupBefore;

    public override StorageSite After => StorageSite.WakeupAfter;

    public override Exception? Apply(WriteSession session)
    {
        if (due is { } instant)
        {
            session.Wakeups.Put(Kind, Key, instant);
        }
        else
        {
            session.Wakeups.Delete(Kind, Key);
        }

        return null;
    }
}
