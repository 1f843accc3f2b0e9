using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>Keeps <see cref="DeploymentRecord"/>. It reads the row at every call, of which there is one per start of a silo.</summary>
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
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await TryJoinAsync(joining, living);
            }
            catch (StorageException fault) when (fault.Code == ErrorCodes.JournalConflict && tries < TriesMax)
            {
                // A grain of the same name, in a part of the cluster that was cut off, wrote first: what it wrote counts.
            }
        }
    }

    private async Task<DeploymentMembership> TryJoinAsync(string joining, string[] living)
    {
        (DeploymentRecord? stored, string? etag) = await _rows.ReadAsync(CancellationToken.None);
        DeploymentRecord known = stored ?? DeploymentRecord.None;
        DeploymentRecord joined = known.Join(joining, living, process.Options.Time.GetUtcNow());
        if (!ReferenceEquals(joined, known))
        {
            await _rows.WriteAsync(joined, etag, CancellationToken.None);
        }

        return new DeploymentMembership(joined.Start, joined.Epoch);
    }
}
