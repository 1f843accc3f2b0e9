using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>An instant of a deployment that can be written as an archive, once.</summary>
public sealed class SchedulerExport : IDisposable
{
    // Often enough for a write-ahead log that grows by some hundred megabytes a second.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly CancellationToken _stopping;
    private readonly Action _leave;
    private long _bytes;
    private string? _excess;
    private int _disposed;

    internal SchedulerExport(TimeProvider time, CancellationToken stopping, Action leave) =>
        (_time, _startedAt, _stopping, _leave) = (time, time.GetUtcNow(), stopping, leave);

    /// <summary>What it is of.</summary>
    public ArchiveHeader Header => Source?.Header ?? throw new InvalidOperationException("The export is not open.");

    internal IArchiveSource? Source { get; set; }

    internal ExportProgress Progress => new(_startedAt, Interlocked.Read(ref _bytes));

    /// <summary>Writes the archive. Without its last line, which comes last, what was written is none.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cancellation">Gives up; so does the stop of the scheduler.</param>
    /// <exception cref="Errors.OverloadedException">It held up more, or took longer, than an export may: the message says which.</exception>
    public async Task<ArchiveTotals> WriteToAsync(Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var excessive = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping, excessive.Token);

        // Whoever takes the archive slowly, or not at all, holds up a write: only a timer ends that.
        await using ITimer look = _time.CreateTimer(_ => EndIfExcessive(excessive), null, LookEvery, LookEvery);
        try
        {
            return await ArchiveWriter.WriteAsync(Source!, output, bytes => Interlocked.Exchange(ref _bytes, bytes), either.Token);
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _excess) is { } reason)
        {
            throw new OverloadedException(reason);
        }
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

    private void EndIfExcessive(CancellationTokenSource excessive)
    {
        if (Source!.Excess is { } reason && Interlocked.CompareExchange(ref _excess, reason, null) is null)
        {
            excessive.Cancel();
        }
    }
}
