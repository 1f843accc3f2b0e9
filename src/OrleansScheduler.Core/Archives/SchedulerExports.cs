using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>Lets one export of a process run at a time: each keeps its store from clearing up.</summary>
/// <param name="open">Settles an instant, given what the clock shows and whether damage is to be skipped.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Ends every export.</param>
internal sealed class SchedulerExports(
    Func<DateTimeOffset, bool, CancellationToken, Task<IArchiveSource>> open, TimeProvider time, CancellationToken stopping)
{
    private SchedulerExport? _export;

    /// <summary>How far the export is that is under way; null when none is.</summary>
    public ExportProgress? UnderWay => Volatile.Read(ref _export)?.Progress;

    /// <summary>Settles an instant and gets ready to write an archive of it.</summary>
    /// <param name="skipDamaged">True to leave out actors whose rows are damaged; false to fail when there are any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CorruptStateException">A row is damaged, and none is to be left out.</exception>
    /// <exception cref="OverloadedException">Another export is under way.</exception>
    public async Task<SchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation)
    {
        var export = new SchedulerExport(time, stopping, Leave);
        if (Interlocked.CompareExchange(ref _export, export, null) is not null)
        {
            throw new OverloadedException("Another export is under way.");
        }

        try
        {
            stopping.ThrowIfCancellationRequested();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            export.Source = await open(export.Progress.StartedAt, skipDamaged, either.Token);
            return export;
        }
        catch
        {
            export.Dispose();
            throw;
        }
    }

    private void Leave() => Volatile.Write(ref _export, null);
}
