using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Machines;

/// <summary>What the disk takes to make 4 KiB durable that are added to a file.</summary>
internal static class FlushLatency
{
    private const int Flushes = 100;
    private const int Bytes = 4096;

    /// <summary>Milliseconds per flush, without the write before it.</summary>
    public static Series Measure(DataFolder folder, TimeProvider time)
    {
        var block = new byte[Bytes];
        List<double> milliseconds = [];
        using var file = File.OpenHandle(Path.Combine(folder.New(), "flush"), FileMode.CreateNew, FileAccess.Write);
        for (var i = 0; i < Flushes; i++)
        {
            RandomAccess.Write(file, block, (long)i * Bytes);
            var started = time.GetTimestamp();
            RandomAccess.FlushToDisk(file);
            milliseconds.Add(time.GetElapsedTime(started).TotalMilliseconds);
        }

        return new Series(milliseconds);
    }
}
