using System.Text.Json;
using OrleansScheduler.Clocks;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>Keeps <see cref="DeploymentRecord"/>. It reads the row at every call, of which there is one per start of a silo.</summary>
[GrainType("scheduler-deployment")]
internal sealed class DeploymentGrain(IGrainContext grain, ClusterProcess process) : IDeploymentGrain, IGrainBase
{
    private const int TriesMax = 10;
    private const string Row = "start";

    private readonly GrainRows _rows = new(process.Storage, IDeploymentGrain.Key, IDeploymentGrain.Key, $"{IDeploymentGrain.Key}.");

    /// <inheritdoc/>
    public IGrainContext GrainContext => grain;

    /// <inheritdoc/>
    public async Task<DeploymentStart> JoinAsync(string joining, string[] living)
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

    private async Task<DeploymentStart> TryJoinAsync(string joining, string[] living)
    {
        StoredState? stored = await _rows.ReadAsync(Row, CancellationToken.None);
        DeploymentRecord known = stored is null ? DeploymentRecord.None : JsonSerializer.Deserialize<DeploymentRecord>(stored.Content.Span, ContractJson.Options)!;
        DeploymentRecord joined = known.Join(joining, living, process.Options.Time.GetUtcNow());
        if (!ReferenceEquals(joined, known))
        {
            await _rows.WriteAsync(Row, JsonSerializer.SerializeToUtf8Bytes(joined, ContractJson.Options), stored?.ETag, CancellationToken.None);
        }

        return joined.Start;
    }
}
