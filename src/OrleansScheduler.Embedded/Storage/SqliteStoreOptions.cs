using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Where a <see cref="SqliteStore"/> lives, and its limits.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The data folder; created when missing. It holds <c>scheduler.db</c> and <c>scheduler.lock</c>. Required.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Pages of 4,096 bytes that the file may have; from 64. Null, the default: as many as the disk holds.</summary>
    public long? PagesMax { get; set; }

    /// <summary>Connections that read beside the writer; 1 to 64, default 2.</summary>
    public int ReaderCount { get; set; } = 2;

    /// <summary>Operations in one transaction; 1 to 65,536, default 4,096.</summary>
    public int GroupEntriesMax { get; set; } = 4_096;

    /// <summary>Bytes of content in one transaction; 4,096 to 1 GiB, default 8 MiB. A larger operation goes alone.</summary>
    public long GroupBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>Operations that may wait, reads and writes counted apart; 1 to 10 million, default 100,000.</summary>
    public int WaitingMax { get; set; } = 100_000;

    /// <summary>Bytes of dead log rows that are left in peace; 0 to 1 TiB, default 4 MiB.</summary>
    public long CleanBytesMin { get; set; } = 4 * 1024 * 1024;

    /// <summary>Oldest log rows that one cleaning step looks at, or twice as many as were added since the step before, if that is
    /// more; 1 to 65,536, default 512.</summary>
    public int CleanRowsMax { get; set; } = 512;

    /// <summary>Bytes of live rows that one cleaning step moves, one row excepted, or twice as many as were added since the step
    /// before, if that is more; 4,096 to 1 GiB, default 256 KiB.</summary>
    public long CleanBytesMax { get; set; } = 256 * 1024;

    /// <summary>How long the write-ahead log may grow before readers are held back to fold it into the file; 1 MiB to 1 TiB, default 64 MiB.</summary>
    public long LogBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a transaction may be under way before storage counts as slow; 1 ms to 1 h, default 5 s.</summary>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Is told when storing begins to fail and when it succeeds again; default: nobody is.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Names every fault at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(Folder))
        {
            faults.Add($"{nameof(Folder)} is missing");
        }

        Check(nameof(PagesMax), PagesMax ?? 64, 64, uint.MaxValue - 1L);
        Check(nameof(ReaderCount), ReaderCount, 1, 64);
        Check(nameof(GroupEntriesMax), GroupEntriesMax, 1, 65_536);
        Check(nameof(GroupBytesMax), GroupBytesMax, 4_096, 1L << 30);
        Check(nameof(WaitingMax), WaitingMax, 1, 10_000_000);
        Check(nameof(CleanBytesMin), CleanBytesMin, 0, 1L << 40);
        Check(nameof(CleanRowsMax), CleanRowsMax, 1, 65_536);
        Check(nameof(CleanBytesMax), CleanBytesMax, 4_096, 1L << 30);
        Check(nameof(LogBytesMax), LogBytesMax, 1 << 20, 1L << 40);
        if (SlowAfter < TimeSpan.FromMilliseconds(1) || SlowAfter > TimeSpan.FromHours(1))
        {
            faults.Add($"{nameof(SlowAfter)} is {SlowAfter}, not 1 ms to 1 h");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Storage options: {string.Join("; ", faults)}.");
        }

        void Check(string name, long value, long min, long max)
        {
            if (value < min || value > max)
            {
                faults.Add($"{name} is {value}, not {min} to {max}");
            }
        }
    }

    /// <summary>A copy that later changes of this one do not reach.</summary>
    internal SqliteStoreOptions Copy() => (SqliteStoreOptions)MemberwiseClone();
}
