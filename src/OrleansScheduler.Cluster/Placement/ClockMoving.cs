using System.Globalization;
using Orleans.Metadata;
using OrleansScheduler.Clocks;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Deployments;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Brings the clock shards of this silo to their homes after silos came or went, and hands them over when this silo stops.</summary>
/// <remarks>
/// It looks every 5 s, at what this silo knows, and then moves one shard after another; while all are at home it moves nothing. A shard
/// that moves stores what it has, comes up again at its home, and calls there what is due.
/// </remarks>
internal sealed class ClockMoving(
    ClusterProcess process, IClusterMembershipService membership, IClusterManifestProvider manifests, IGrainFactory grains, FiringSilos firing)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MoveMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HandOverMax = TimeSpan.FromSeconds(2);
    private static readonly string Kind = ActorGrain.KindOf(GrainType.Create(ActorGrain.TypePrefix + "clock"));

    private IClock[] _left = [];

    private IEnumerable<ClusterActivation> Here => process.Live.All.Where(static activation => activation.Kind == Kind);

    /// <summary>Tells the deployment whether this silo fires, and learns who else does.</summary>
    public async Task ReportAsync(CancellationToken cancellation) => firing.Learn(
        await grains.GetGrain<IDeploymentGrain>(IDeploymentGrain.Key).ReportAsync(process.Id, process.Gate.IsOpen).WaitAsync(cancellation));

    /// <summary>Looks and moves until it is cancelled.</summary>
    /// <param name="start">The present start of the deployment.</param>
    /// <param name="onFailure">Told what went wrong; it is tried again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task KeepAsync(DeploymentStart start, Action<Exception> onFailure, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, process.Options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                try
                {
                    await ReportAsync(cancellation);
                    await MoveAsync(start, cancellation);
                }
                catch (Exception fault)
                {
                    // Whoever stops awaits this: what fails then, fails because of it.
                    if (!cancellation.IsCancellationRequested)
                    {
                        onFailure(fault);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>The silo is about to end its actors: remembers the shards that others have to take over.</summary>
    public void Leave() => _left = [.. Here.Select(activation => process.Directory.Get<IClock>(activation.Key))];

    /// <summary>Brings those shards up in other silos, if any is left. Otherwise it is the first that starts again.</summary>
    public async Task HandOverAsync(DeploymentStart start, CancellationToken cancellation)
    {
        if (!membership.CurrentSnapshot.Members.Values.Any(member => member.Status == SiloStatus.Active && member.SiloAddress.ToParsableString() != process.Id))
        {
            return;
        }

        using var limit = new CancellationTokenSource(HandOverMax, process.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await Task.WhenAll(_left.Select(clock => clock.TouchAsync(start, either.Token))).WaitAsync(either.Token);
        }
        catch (Exception fault)
        {
            ClusterLog.ClocksNotHandedOver(process.Log, fault);
        }
    }

    private async Task MoveAsync(DeploymentStart start, CancellationToken cancellation)
    {
        // Nothing is placed in a silo before it is known what that can run.
        ClusterManifest manifest = manifests.Current;
        SiloAddress[] active =
        [
            .. membership.CurrentSnapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active && manifest.Silos.ContainsKey(member.SiloAddress))
                .Select(static member => member.SiloAddress),
        ];
        if (active.Length == 0)
        {
            return;
        }

        SiloAddress[] homes = ClockHomes.Of(firing.Among(active));
        List<ClusterActivation> here = [.. Here.OrderBy(static clock => clock.Key, StringComparer.Ordinal)];
        int moved = 0;
        foreach (ClusterActivation clock in here)
        {
            SiloAddress home = homes[int.Parse(clock.Key, NumberStyles.None, CultureInfo.InvariantCulture)];
            if (home.ToParsableString() == process.Id || !await clock.MoveAsync(home).WaitAsync(cancellation))
            {
                continue;
            }

            await clock.Grain.Deactivated.WaitAsync(MoveMax, process.Options.Time, cancellation);

            // Should it not have come up at its home by itself, this brings it up.
            await process.Directory.Get<IClock>(clock.Key).TouchAsync(start, cancellation);
            ClusterLog.ClockMoved(process.Log, clock.Key, home);
            moved++;
        }

        if (moved > 0)
        {
            ClusterLog.ClocksMoved(process.Log, moved, here.Count);
        }

        ClusterLog.ClocksLookedAfter(process.Log, here.Count, moved);
    }
}
