using System.Collections.Immutable;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Makes an empty deployment of an archive, before the first silo joins it.</summary>
/// <remarks>
/// The archive is read to its end once before anything is written. Then the deployment is claimed, so that no other silo joins; then each actor's
/// rows are written as its journal would write them; the record of the next epoch makes them count. What is broken off in between stays claimed.
/// </remarks>
internal sealed class ArchiveImport(ClusterProcess process, Func<Stream> open) : IArchiveSink
{
    private const int ActorsAtOnce = 16;

    private readonly ImmutableArray<Sleeper>.Builder _sleepers = ImmutableArray.CreateBuilder<Sleeper>();
    private readonly List<Task> _begun = [];
    private ActorRestore? _present;
    private ActorRestore? _read;

    /// <exception cref="SchedulerException"><c>archive_invalid</c>, <c>storage_format</c>: nothing was written. <c>deployment_not_empty</c>.
    /// <c>storage_failed</c>: the deployment has to be emptied before another try.</exception>
    public async Task<ArchiveSummary> RunAsync(CancellationToken cancellation)
    {
        ArchiveSummary sound;
        await using (Stream archive = open())
        {
            sound = await ArchiveVerifier.VerifyAsync(archive, cancellation);
        }

        var rows = new DeploymentRows(process.Storage);
        DateTimeOffset now = process.Options.Time.GetUtcNow();
        var claim = DeploymentRecord.Importing(process.Id, now, sound.Header.NextEpoch);
        string etag = await ClaimAsync(rows, claim, cancellation);
        await using (Stream archive = open())
        {
            ArchiveSummary again = await ArchiveReader.ReadAsync(archive, this, cancellation);
            if (again.Hash != sound.Hash)
            {
                throw ArchiveFault.Invalid(1, "the archive that was read before; it was replaced meanwhile");
            }
        }

        await FinishAsync(_read, cancellation);
        await FinishAsync(_present, cancellation);
        await Task.WhenAll(_begun);
        if (_sleepers.Count > 0)
        {
            await rows.WriteSleepersAsync(_sleepers.ToImmutable(), null, cancellation);
        }

        await rows.WriteAsync(claim with { ImportedBy = null }, etag, cancellation);
        return sound;
    }

    void IArchiveSink.Begin(ArchiveHeader header)
    {
    }

    void IArchiveSink.Take(ArchivePart part)
    {
        if (part is not ArchivePart.Actor { Value: var actor })
        {
            _present!.Take(part);
            return;
        }

        (_read, _present) = (_present, new ActorRestore(process, actor));
        if (actor.Wakeup is not null)
        {
            _sleepers.Add(new Sleeper(actor.Kind, actor.Key));
        }
    }

    async ValueTask IArchiveSink.ReadyAsync(CancellationToken cancellation)
    {
        if (_read is { } read)
        {
            _read = null;
            await FinishAsync(read, cancellation);
        }

        if (_present is { IsFull: true } present)
        {
            await present.FlushAsync(cancellation);
        }
    }

    // Actors are independent of each other, so that a few of them are written at once.
    private async Task FinishAsync(ActorRestore? read, CancellationToken cancellation)
    {
        if (read is null)
        {
            return;
        }

        _begun.Add(read.FlushAsync(cancellation));
        if (_begun.Count == ActorsAtOnce)
        {
            await Task.WhenAll(_begun);
            _begun.Clear();
        }
    }

    private static async Task<string> ClaimAsync(DeploymentRows rows, DeploymentRecord claim, CancellationToken cancellation)
    {
        if ((await rows.ReadAsync(cancellation)).Record is not null)
        {
            throw NotEmpty();
        }

        try
        {
            return await rows.WriteAsync(claim, null, cancellation);
        }
        catch (StorageException other) when (other.Code == ErrorCodes.JournalConflict)
        {
            throw NotEmpty();
        }
    }

    private static SchedulerException NotEmpty() => new(
        ErrorCodes.DeploymentNotEmpty, "An archive is imported into an empty deployment only, and silos of this one have started or begun to import before.");
}
