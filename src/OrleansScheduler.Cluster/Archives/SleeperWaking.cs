using System.Collections.Immutable;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Wakes the actors that held a wake-up when they were exported.</summary>
/// <remarks>They are kept in a row until all were woken, so that a silo that ends meanwhile leaves them to the next one.</remarks>
internal static class SleeperWaking
{
    private const int AtOnce = 16;

    public static async Task RunAsync(ClusterProcess process, IGrainFactory grains, CancellationToken cancellation)
    {
        var rows = new DeploymentRows(process.Storage);
        (ImmutableArray<Sleeper> sleepers, string? etag) = await rows.ReadSleepersAsync(cancellation);
        if (sleepers.IsDefaultOrEmpty)
        {
            return;
        }

        DateTime now = process.Options.Time.GetUtcNow().UtcDateTime;
        bool[] awake = await Batches.RunAsync(sleepers, AtOnce, sleeper => TryWakeAsync(process, grains, sleeper, now));
        try
        {
            await rows.WriteSleepersAsync([.. sleepers.Where((_, index) => !awake[index])], etag, cancellation);
        }
        catch (StorageException other) when (other.Code == ErrorCodes.JournalConflict)
        {
            // Another silo that started at the same time has woken them as well.
        }
    }

    // One that cannot be loaded must not keep the silo from starting; the next start tries it again.
    private static async Task<bool> TryWakeAsync(ClusterProcess process, IGrainFactory grains, Sleeper sleeper, DateTime now)
    {
        try
        {
            GrainId grain = GrainId.Create(ActorGrain.TypePrefix + sleeper.Kind, sleeper.Key);
            await grains.GetGrain<IRemindable>(grain).ReceiveReminder(ActorGrain.Wakeup, new TickStatus(now, TimeSpan.FromMinutes(1), now));
            return true;
        }
        catch (Exception fault)
        {
            ClusterLog.NotWoken(process.Log, fault, sleeper.Kind, sleeper.Key);
            return false;
        }
    }
}
