using System.Globalization;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>What the operating system counts of this process.</summary>
internal static class ProcessWrites
{
    private const string File = "/proc/self/io";

    /// <summary>Bytes that were passed to the file system so far; null where that is not known.</summary>
    public static long? Bytes => Read("wchar");

    /// <summary>Bytes that were sent to the disk so far; null where that is not known.</summary>
    public static long? DiskBytes => Read("write_bytes");

    private static long? Read(string name) => System.IO.File.Exists(File)
        ? System.IO.File.ReadLines(File)
            .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
            .Select(line => (long?)long.Parse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture))
            .FirstOrDefault()
        : null;
}
