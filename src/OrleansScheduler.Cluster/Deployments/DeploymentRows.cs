using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Storage;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cluster.Deployments;

/// <summary>The rows of the deployment itself: its start, and the actors that an import has still to wake.</summary>
internal sealed class DeploymentRows(IStateStorage rows)
{
    /// <summary>What the names of the rows begin with.</summary>
    public const string Prefix = $"{IDeploymentGrain.Key}.";

    private const string Start = "start";
    private const string Sleepers = "sleepers";

    public DeploymentRows(IGrainStorage storage)
        : this(new GrainRows(storage, IDeploymentGrain.Key, IDeploymentGrain.Key, Prefix))
    {
    }

    public Task<(DeploymentRecord? Record, string? ETag)> ReadAsync(CancellationToken cancellation) => ReadAsync<DeploymentRecord>(Start, cancellation);

    /// <returns>The next ETag.</returns>
    /// <exception cref="Errors.StorageException"><c>journal_conflict</c> when another wrote.</exception>
    public Task<string> WriteAsync(DeploymentRecord record, string? etag, CancellationToken cancellation) => WriteAsync(Start, record, etag, cancellation);

    public Task<(ImmutableArray<Sleeper> Actors, string? ETag)> ReadSleepersAsync(CancellationToken cancellation) =>
        ReadAsync<ImmutableArray<Sleeper>>(Sleepers, cancellation);

    public Task<string> WriteSleepersAsync(ImmutableArray<Sleeper> actors, string? etag, CancellationToken cancellation) =>
        WriteAsync(Sleepers, actors, etag, cancellation);

    private async Task<(T? Value, string? ETag)> ReadAsync<T>(string name, CancellationToken cancellation)
    {
        StoredState? stored = await rows.ReadAsync(name, cancellation);
        return stored is null ? default : (JsonSerializer.Deserialize<T>(stored.Content.Span, ContractJson.Options), stored.ETag);
    }

    private Task<string> WriteAsync<T>(string name, T value, string? etag, CancellationToken cancellation) =>
        rows.WriteAsync(name, JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.Options), etag, cancellation);
}
