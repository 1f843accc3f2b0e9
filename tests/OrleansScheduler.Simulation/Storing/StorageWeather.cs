using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>How long storage takes for one process, and what goes wrong with it; and it tells the ledger what has landed.</summary>
internal sealed class StorageWeather(World world, SimulatedProcess process) : IStorageFaults
{
    /// <inheritdoc/>
    public ValueTask AtAsync(StorageSite site, string kind, string key)
    {
        if (site == StorageSite.AppendBefore)
        {
            world.Ledger.Touch(kind, key);
        }
        else if (site == StorageSite.AppendAfter)
        {
            world.Ledger.Read(process.Store);
            world.Ledger.Untouch(kind, key);
        }

        return world.IsCalm ? default : Trouble(site, world.StorageRandom);
    }

    private ValueTask Trouble(StorageSite site, Random random)
    {
        bool isWrite = site is StorageSite.AppendBefore or StorageSite.PagesBefore or StorageSite.TruncateBefore or StorageSite.StateWriteBefore
            or StorageSite.WakeupBefore;
        bool isRead = site is StorageSite.JournalLoad or StorageSite.StateRead or StorageSite.WakeupList;
        bool isAfter = site is StorageSite.AppendAfter or StorageSite.PagesAfter or StorageSite.TruncateAfter or StorageSite.StateWriteAfter
            or StorageSite.WakeupAfter or StorageSite.CommitAfter;
        foreach (Trouble trouble in world.Troubles)
        {
            if (random.Next(1_000) >= trouble.Chance)
            {
                continue;
            }

            switch (trouble.Kind)
            {
                case TroubleKind.FailsBefore when isWrite || isRead:
                    throw new IOException("the disk failed");
                case TroubleKind.LosesAnswers when isAfter:
                    throw new IOException("the answer was lost");
                case TroubleKind.Full when isWrite:
                    throw new StorageException(ErrorCodes.StorageFull, "The disk is full.");
                case TroubleKind.Stalls:
                    return Later(random.Next(20, 6_000));
            }
        }

        return random.Next(100) switch
        {
            < 45 => default,
            < 97 when isWrite || isRead => Later(random.Next(1, 12)),
            < 99 => Later(random.Next(1, 4)),
            _ => Later(random.Next(20, 250)),
        };
    }

    private ValueTask Later(int milliseconds) => new(Task.Delay(TimeSpan.FromMilliseconds(milliseconds), process.Time));
}
