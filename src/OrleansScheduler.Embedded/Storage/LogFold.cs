namespace OrleansScheduler.Embedded.Storage;

/// <summary>Keeps the write-ahead log short: beyond a limit it is folded into the file whole, and begins anew.</summary>
/// <remarks>
/// SQLite folds in by itself as it goes, but begins the log anew only when nobody reads in it. Readers that come one after the
/// other, such as the activations of many actors, never leave such a moment, and the log would grow by all that is written. So the
/// readers are held back, which costs them as long as the reads take that have begun, and the writer some milliseconds.
/// An export reads in a connection of its own and for long; while it does, the log grows, within the limit of the export.
/// </remarks>
/// <param name="database">The writer's connection.</param>
/// <param name="path">The database file.</param>
/// <param name="readers">Who reads beside it.</param>
/// <param name="bytesMax">The limit.</param>
internal sealed class LogFold(Database database, string path, ReaderPool readers, long bytesMax) : IDisposable
{
    /// <summary>For so long the writer stands still, at most, until a reader has ended; then it goes on and tries again.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(10);

    private long _written;
    private long _foldAt;
    private int _held;

    /// <summary>True while readers are held back.</summary>
    public bool IsUnderWay => _held > 0;

    /// <summary>Follows a group that wrote so many bytes.</summary>
    public void Step(long bytes)
    {
        _written += bytes;
        if (!IsUnderWay && (_written < bytesMax / 16 || Bytes() <= Math.Max(_foldAt, bytesMax)))
        {
            return;
        }

        while (_held < readers.Count)
        {
            if (!readers.TryHold(PauseMax))
            {
                return;
            }

            _held++;
        }

        Fold();
        Dispose();
    }

    /// <summary>Lets the readers go on.</summary>
    public void Dispose()
    {
        readers.Release(_held);
        _held = 0;
    }

    private void Fold()
    {
        try
        {
            database.FoldLog();
        }
        catch (DatabaseException)
        {
            // Everything is durable in the log. What keeps the file from being written will fail the writes as well.
        }

        // An export, or another program, may read in it still.
        _foldAt = Bytes() + (bytesMax / 4);
    }

    private long Bytes()
    {
        _written = 0;
        return WriteAheadLog.Bytes(path);
    }
}
