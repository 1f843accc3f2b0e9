using System.Buffers.Binary;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Reads the write-ahead log before SQLite does.</summary>
/// <remarks>
/// SQLite takes the log up to its first frame that does not fit, because the last transaction of a killed process may be cut off.
/// So damage in the middle would silently take away whatever was committed after it. What tells the two apart: a transaction begins
/// only when the one before it is durable.
/// </remarks>
internal static class WriteAheadLog
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint Magic = 0x377f0682;

    /// <summary>How long it is; 0 when there is none.</summary>
    /// <param name="path">The database file.</param>
    public static long Bytes(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: var bytes } ? bytes : 0;

    /// <summary>True when something was written to it.</summary>
    /// <param name="path">The database file.</param>
    public static bool HasFrames(string path) => Bytes(path) > HeaderBytes;

    /// <summary>What says that committed frames are unreadable; null when nothing does.</summary>
    /// <param name="path">The database file.</param>
    public static string? Damage(string path)
    {
        var file = new FileInfo(path + "-wal");
        if (!file.Exists || file.Length <= HeaderBytes)
        {
            return null;
        }

        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[HeaderBytes];
        stream.ReadExactly(header);
        return Header(header) is { } state
            ? Frames(stream, header.AsSpan(16, 8).ToArray(), state, SharedMemory.CommittedFrames(path, header.AsSpan(16, 8)))
            : "its header does not fit its checksum";
    }

    private static (WalSum Sum, int PageBytes)? Header(byte[] header)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var pageBytes = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        var sum = new WalSum(IsBigEndian: magic == Magic + 1).Add(header.AsSpan(0, 24));
        return (magic & ~1u) == Magic && pageBytes is >= 512 and <= 65_536 && sum.Fits(header.AsSpan(24)) ? (sum, pageBytes) : null;
    }

    /// <summary>Follows the chain of checksums, and after a break looks for a transaction that began later.</summary>
    private static string? Frames(Stream stream, byte[] salt, (WalSum Sum, int PageBytes) start, long committed)
    {
        var frame = new byte[FrameHeaderBytes + start.PageBytes];
        var (sum, broken, endsTransaction) = (start.Sum, 0L, false);
        var lastCommit = 0L;
        for (var number = 1L; stream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; number++)
        {
            var isOurs = frame.AsSpan(8, 8).SequenceEqual(salt);
            var next = sum.Add(frame.AsSpan(0, 8)).Add(frame.AsSpan(FrameHeaderBytes));
            var fits = isOurs && next.Fits(frame.AsSpan(16));
            if (broken > 0 && fits && endsTransaction)
            {
                return $"its frame {broken} does not fit its checksum, and later transactions follow";
            }

            broken = broken == 0 && !fits ? number : broken;
            if (broken == 0)
            {
                lastCommit = IsCommit(frame) ? number : lastCommit;
            }

            // Frames of a transaction that was given up may lie behind a break, too; but nothing follows from such a one.
            endsTransaction = isOurs && IsCommit(frame);
            sum = sum.Stored(frame.AsSpan(16));
        }

        return lastCommit < committed ? $"{committed} frames were committed, and {lastCommit} are readable" : null;
    }

    private static bool IsCommit(byte[] frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0;
}
