using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>How long storage takes for one process, and what goes wrong with it; and it tells the ledger what has landed.</summary>
internal sealed class StorageWeather(World world, SimulatedProcess process) : IStorageFaults
{
    /// <summary>What goes wrong with one access; null for nothing.</summary>
    public static TroubleKind? Strike(World world)
    {
        TroubleKind? struck = null;
        foreach (Trouble trouble in world.IsCalm ? [] : world.Troubles)
        {
            struck ??= world.StorageRandom.Next(1_000) < trouble.Chance ? trouble.Kind : null;
        }

        return struck;
    }

    /// <summary>How long an access takes that suffers from such a trouble.</summary>
    public static TimeSpan PauseOf(World world, TroubleKind? kind) => TimeSpan.FromMilliseconds(kind switch
    {
        TroubleKind.Stalls => world.StorageRandom.Next(20, 6_000),
        TroubleKind.Crawls => world.StorageRandom.Next(2_000, 120_000),
        _ when world.IsCalm => 0,
        _ => world.StorageRandom.Next(100) switch
        {
            < 45 => 0,
            < 99 => world.StorageRandom.Next(1, 12),
            _ => world.StorageRandom.Next(20, 250),
        },
    });

    /// <inheritdoc/>
    public ValueTask AtAsync(StorageSite site, string kind, string key)
    {
        switch (site)
        {
            case StorageSite.AppendBefore:
                world.Ledger.Touch(kind, key);
                break;
            case StorageSite.PagesBefore:
                // What the pages stand for is gone afterwards.
                world.Ledger.Read(process.Store);
                break;
            case StorageSite.AppendAfter:
                world.Ledger.Read(process.Store);
                world.Ledger.Untouch(kind, key);
                break;
        }

        if (site is StorageSite.AppendBefore or StorageSite.PagesBefore or StorageSite.CommitAfter && world.Process == process && world.Torn.Strikes())
        {
            return new ValueTask(new TaskCompletionSource().Task);
        }

        return world.IsCalm ? default : PassAsync(site);
    }

    private ValueTask PassAsync(StorageSite site)
    {
        bool isWrite = site is StorageSite.AppendBefore or StorageSite.PagesBefore or StorageSite.TruncateBefore or StorageSite.StateWriteBefore
            or StorageSite.WakeupBefore;
        bool isRead = site is StorageSite.JournalLoad or StorageSite.StateRead or StorageSite.WakeupList;
        bool isAfter = site is StorageSite.AppendAfter or StorageSite.PagesAfter or StorageSite.TruncateAfter or StorageSite.StateWriteAfter
            or StorageSite.WakeupAfter or StorageSite.CommitAfter;
        TroubleKind? struck = Strike(world);
        switch (struck)
        {
            case TroubleKind.FailsBefore when isWrite || isRead:
                throw new IOException("the disk failed");
            case TroubleKind.LosesAnswers when isAfter:
                throw new IOException("the answer was lost");
            case TroubleKind.Full when isWrite:
                throw new StorageException(ErrorCodes.StorageFull, "The disk is full.");
        }

        bool isSlow = isWrite || isRead || struck is TroubleKind.Stalls || world.StorageRandom.Next(20) == 0;
        return isSlow && PauseOf(world, struck) is { Ticks: > 0 } pause ? new ValueTask(Task.Delay(pause, process.Time)) : default;
    }
}
