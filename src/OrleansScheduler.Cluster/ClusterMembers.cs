using System.Collections.Immutable;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Archives;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Cluster;

/// <summary>What this silo does about others: it joins the deployment, and takes back the slots of those that are gone.</summary>
internal sealed class ClusterMembers(ClusterProcess process, IClusterMembershipService membership, IGrainFactory grains)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Joins the deployment, wakes what an import has left asleep, and ends the leases of silos that are gone.</summary>
    /// <remarks>A silo may have died a moment ago and hold what is asked for: then it is asked for again, once that is known.</remarks>
    /// <param name="onFailure">Told what went wrong; it is tried again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The start of the deployment that this silo belongs to, and its epoch.</returns>
    /// <exception cref="Errors.SchedulerException">It went wrong again and again, or for good.</exception>
    public async Task<DeploymentMembership> EnterAsync(Action<Exception> onFailure, CancellationToken cancellation)
    {
        var patience = new StartPatience(process.Options.Time, onFailure);
        DeploymentMembership joined = await patience.TryAsync(() => JoinAsync(cancellation), cancellation);
        process.Join(joined.Epoch);
        return await patience.TryAsync(
            async () =>
            {
                await SleeperWaking.RunAsync(process, grains, cancellation);
                await EndLeasesAsync(cancellation);
                return joined;
            },
            cancellation);
    }

    /// <summary>Ends the leases of every silo that goes, until it is cancelled.</summary>
    /// <param name="onGone">What else is to be done then; it does not fail.</param>
    /// <param name="onFailure">Told what went wrong; it is tried again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WatchAsync(Func<CancellationToken, Task> onGone, Action<Exception> onFailure, CancellationToken cancellation)
    {
        var known = Gone(membership.CurrentSnapshot).ToHashSet();
        Task bringing = Task.CompletedTask;
        try
        {
            await foreach (ClusterMembershipSnapshot snapshot in membership.MembershipUpdates.WithCancellation(cancellation))
            {
                List<SiloAddress> gone = [.. Gone(snapshot).Where(silo => !known.Contains(silo))];
                while (gone.Count > 0 && !await TryEndLeasesAsync(onFailure, cancellation))
                {
                    await Task.Delay(Pause, process.Options.Time, cancellation);
                }

                if (gone.Count > 0)
                {
                    // The next one that goes does not wait for it: its slots are to be free.
                    bringing = BringAsync(bringing, gone.Count);
                }

                known.UnionWith(gone);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The silo stops.
        }

        await bringing;

        async Task BringAsync(Task before, int count)
        {
            await before;
            try
            {
                await onGone(cancellation);
                ClusterLog.SilosGone(process.Log, count);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The silo stops.
            }
        }
    }

    private static IEnumerable<SiloAddress> Gone(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(member => member.Status == SiloStatus.Dead).Select(member => member.SiloAddress);

    private async Task<DeploymentMembership> JoinAsync(CancellationToken cancellation)
    {
        ImmutableArray<string> living = await LivingAsync(cancellation);
        return await grains.GetGrain<IDeploymentGrain>(IDeploymentGrain.Key).JoinAsync(process.Id, [.. living]);
    }

    private async Task EndLeasesAsync(CancellationToken cancellation)
    {
        IGovernor governor = process.Directory.Get<IGovernor>(IGovernor.Key);

        // First the slots, then the members: whoever got one of these slots is among the members, unless it is gone.
        GovernorSnapshot slots = await governor.GetAsync(cancellation);
        ImmutableArray<string> living = await LivingAsync(cancellation);
        if (slots.Waiting > 0 || slots.Leases.Any(lease => !living.Contains(lease.Process)))
        {
            await governor.EndLeasesOfOthersAsync(living, slots.Leases.IsEmpty ? 0 : slots.Leases.Max(lease => lease.Token), cancellation);
        }
    }

    private async Task<bool> TryEndLeasesAsync(Action<Exception> onFailure, CancellationToken cancellation)
    {
        try
        {
            await EndLeasesAsync(cancellation);
            return true;
        }
        catch (Exception fault)
        {
            // Whoever stops awaits this: what fails then, fails because of it.
            cancellation.ThrowIfCancellationRequested();
            onFailure(fault);
            return false;
        }
    }

    private async Task<ImmutableArray<string>> LivingAsync(CancellationToken cancellation)
    {
        await membership.Refresh(default, cancellation);
        return
        [
            .. membership.CurrentSnapshot.Members.Values
                .Where(member => member.Status is not (SiloStatus.Dead or SiloStatus.None))
                .Select(member => member.SiloAddress.ToParsableString())
                .Append(process.Id)
                .Distinct(),
        ];
    }
}
