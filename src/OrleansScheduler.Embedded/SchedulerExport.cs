using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Embedded;

/// <summary>An instant of a deployment that can be written as an archive, once.</summary>
public sealed class SchedulerExport : IDisposable
{
    private readonly DateTimeOffset _startedAt;
    private readonly CancellationToken _stopping;
    private readonly Action _leave;
    private long _bytes;
    private int _disposed;

    internal SchedulerExport(DateTimeOffset startedAt, CancellationToken stopping, Action leave) =>
        (_startedAt, _stopping, _leave) = (startedAt, stopping, leave);

    /// <summary>What it is of.</summary>
    public ArchiveHeader Header => Source?.Header ?? throw new InvalidOperationException("The export is not open.");

    internal IArchiveSource? Source { get; set; }

    internal ExportProgress Progress => new(_startedAt, Interlocked.Read(ref _bytes));

    /// <summary>Writes the archive. Without its last line, which comes last, what was written is none.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Gives up; so does the stop of the scheduler.</param>
    /// <exception cref="Errors.OverloadedException">So much was written meanwhile that the write-ahead log reached its limit.</exception>
    public async Task<ArchiveTotals> WriteToAsync(Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping);
        return await ArchiveWriter.WriteAsync(Source!, output, bytes => Interlocked.Exchange(ref _bytes, bytes), either.Token);
    }

    /// <summary>Lets go of the instant. Not while it is written.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Source?.Dispose();
            _leave();
        }
    }
}
