using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>An archive of what a cluster held in PostgreSQL at one instant, read in one transaction beside all silos.</summary>
/// <remarks>
/// Every row that counts is proved before the first one leaves, so that damage is an answer and not half an archive. Memory is needed for some
/// hundred bytes per actor, and for one actor at a time or several small ones, as in a silo that loads them.
/// </remarks>
internal sealed class ClusterArchive : IArchiveSource
{
    /// <summary>How long an instant is kept: one hour. The server clears up nothing meanwhile.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromHours(1);

    private const string Engine = "cluster-postgresql";
    private const int ActorsAtOnce = 64;
    private const long BytesAtOnce = 4 << 20;

    private readonly RowInstant _instant;
    private readonly DamageList _damage;
    private readonly TimeProvider _time;
    private readonly long _began;
    private List<StoredActor> _actors = [];
    private ArchiveHeader? _header;

    private ClusterArchive(RowInstant instant, TimeProvider time, bool skipDamaged) =>
        (_instant, _time, _began, _damage) = (instant, time, time.GetTimestamp(), new DamageList(skipDamaged));

    /// <inheritdoc/>
    public ArchiveHeader Header => _header!;

    /// <inheritdoc/>
    public ImmutableArray<ArchiveDamage> Damaged => _damage.Found;

    /// <inheritdoc/>
    public string? Excess => _time.GetElapsedTime(_began) > LifeMax
        ? string.Create(CultureInfo.InvariantCulture, $"The export ended: it had kept its instant for {LifeMax.TotalMinutes} minutes. Read the archive faster.")
        : null;

    /// <summary>Settles the instant and proves every row.</summary>
    /// <param name="database">The database, which has our tables.</param>
    /// <param name="service">Whose rows.</param>
    /// <param name="time">The clock, for the limit.</param>
    /// <param name="at">The instant, for the header.</param>
    /// <param name="skipDamaged">True to leave damaged actors out.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CorruptStateException">A row is damaged, and none is to be left out.</exception>
    /// <exception cref="OverloadedException">Another process exports, or it took too long.</exception>
    /// <exception cref="StorageException"><c>storage_failed</c>, <c>storage_format</c>.</exception>
    public static async Task<ClusterArchive> OpenAsync(
        DbDataSource database, string service, TimeProvider time, DateTimeOffset at, bool skipDamaged, CancellationToken cancellation)
    {
        var archive = new ClusterArchive(await RowInstant.OpenAsync(database, service, LifeMax, cancellation), time, skipDamaged);
        try
        {
            await archive.ProveAsync(at, cancellation);
            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArchivePart> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reads = new RowReads(_instant, cancellation);
        foreach (StoredActor[] group in Groups())
        {
            foreach (ActorParts actor in await Task.WhenAll(group.Where(one => !_damage.Holds(one.Kind, one.Key)).Select(one => new ActorReading(reads, one).ReadAsync())))
            {
                foreach (ArchivePart part in actor.Read())
                {
                    yield return part;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _instant.Dispose();

    private async Task ProveAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        using var reads = new RowReads(_instant, cancellation);
        var rows = new DeploymentRows(new InstantRows(reads, IDeploymentGrain.Key, DeploymentRows.Prefix));
        DeploymentRecord deployment = (await rows.ReadAsync(cancellation)).Record ?? DeploymentRecord.None;
        _header = new ArchiveHeader(ArchiveFormat.Newest, ArchiveFormat.Product, Engine, deployment.Epoch, deployment.Number, at);
        _actors = await new StoredActors(_instant, reads, _damage, cancellation).ListAsync((await rows.ReadSleepersAsync(cancellation)).Actors, at);
        foreach (StoredActor[] group in Groups())
        {
            CorruptStateException?[] faults = await Task.WhenAll(group.Select(one => new ActorReading(reads, one).ProveAsync()));
            foreach ((StoredActor actor, CorruptStateException? fault) in group.Zip(faults))
            {
                if (fault is not null)
                {
                    _damage.Add(actor.Kind, actor.Key, fault.Details["row"], fault.Details["reason"]);
                }
            }
        }
    }

    // Small actors are read together, so that few statements read many of them.
    private IEnumerable<StoredActor[]> Groups()
    {
        var group = new List<StoredActor>(ActorsAtOnce);
        long bytes = 0;
        foreach (StoredActor actor in _actors)
        {
            if (group.Count == ActorsAtOnce || (group.Count > 0 && bytes + actor.Bytes > BytesAtOnce))
            {
                ThrowIfExcessive();
                yield return [.. group];
                group.Clear();
                bytes = 0;
            }

            group.Add(actor);
            bytes += actor.Bytes;
        }

        yield return [.. group];
    }

    private void ThrowIfExcessive()
    {
        if (Excess is { } reason)
        {
            throw new OverloadedException(reason);
        }
    }
}
