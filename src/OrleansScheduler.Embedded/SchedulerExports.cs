using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded;

/// <summary>Lets one export run at a time: each keeps the write-ahead log from being trimmed.</summary>
internal sealed class SchedulerExports(IEmbeddedStore store, TimeProvider time, CancellationToken stopping)
{
    private SchedulerExport? _export;

    /// <summary>How far the export is that is under way; null when none is.</summary>
    public ExportProgress? UnderWay => Volatile.Read(ref _export)?.Progress;

    /// <inheritdoc cref="EmbeddedScheduler.ExportAsync"/>
    public async Task<SchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation)
    {
        var export = new SchedulerExport(time, stopping, Leave);
        DateTimeOffset now = export.Progress.StartedAt;
        if (Interlocked.CompareExchange(ref _export, export, null) is not null)
        {
            throw new OverloadedException("Another export is under way.");
        }

        try
        {
            stopping.ThrowIfCancellationRequested();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            CancellationToken ended = either.Token;
            export.Source = await Task.Run(() => Open(now, skipDamaged, ended), ended);
            return export;
        }
        catch
        {
            export.Dispose();
            throw;
        }
    }

    private IArchiveSource Open(DateTimeOffset now, bool skipDamaged, CancellationToken cancellation) => store is IArchivedStore archived
        ? archived.OpenArchive(now, skipDamaged, cancellation)
        : throw new NotSupportedException("The store takes no archives.");

    private void Leave() => Volatile.Write(ref _export, null);
}
