using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>Keeps <see cref="DeploymentRecord"/>. It reads the row at every call: one per start of a silo, and one every 5 s of each.</summary>
[GrainType("scheduler-deployment")]
internal sealed class DeploymentGrain(IGrainContext grain, ClusterProcess process) : IDeploymentGrain, IGrainBase
{
    private const int TriesMax = 10;

    private readonly DeploymentRows _rows = new(process.Storage);

    /// <inheritdoc/>
    public IGrainContext GrainContext => grain;

    /// <inheritdoc/>
    public async Task<DeploymentMembership> JoinAsync(string joining, string[] living)
    {
        DeploymentRecord joined = await ChangeAsync(known => known.Join(joining, living, process.Options.Time.GetUtcNow()));
        return new DeploymentMembership(joined.Start, joined.Epoch);
    }

    /// <inheritdoc/>
    public async Task<string[]> ReportAsync(string process, bool isFiring) =>
        [.. (await ChangeAsync(known => isFiring ? known.Fire(process) : known)).Firing];

    private async Task<DeploymentRecord> ChangeAsync(Func<DeploymentRecord, DeploymentRecord> change)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await TryChangeAsync(change);
            }
            catch (StorageException fault) when (fault.Code == ErrorCodes.JournalConflict && tries < TriesMax)
            {
                // A grain of the same name, in a part of the cluster that was cut off, wrote first: what it wrote counts.
            }
        }
    }

    private async Task<DeploymentRecord> TryChangeAsync(Func<DeploymentRecord, DeploymentRecord> change)
    {
        (DeploymentRecord? stored, string? etag) = await _rows.ReadAsync(CancellationToken.None);
        DeploymentRecord known = stored ?? DeploymentRecord.None;
        DeploymentRecord changed = change(known);
        if (!ReferenceEquals(changed, known))
        {
            await _rows.WriteAsync(changed, etag, CancellationToken.None);
        }

        return changed;
    }
}
