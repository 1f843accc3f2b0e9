using System.Runtime.InteropServices;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Machines;

/// <summary>Where the numbers come from.</summary>
internal static class Machine
{
    /// <summary>The header of the table.</summary>
    /// <param name="time">For the date.</param>
    /// <param name="flush">What <see cref="FlushLatency"/> found, in milliseconds.</param>
    /// <param name="folder">Where data goes.</param>
    /// <param name="rounds">How long was measured.</param>
    public static string Describe(TimeProvider time, Series flush, DataFolder folder, Rounds rounds) => FormattableString.Invariant(
        $"""
        Machine: {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB; load {Load()} · OS: {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription}
        Disk: {new DriveInfo(folder.Path).DriveFormat} at {folder.Path}, flush of 4 KiB added to a file: median {flush.Median:0.000} ms, {flush.Min:0.000}..{flush.Max:0.000} ms
        Date: {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC · {rounds.Name}: {rounds.Count} rounds of {rounds.Length.TotalSeconds} s
        """);

    private static string Processor() =>
        Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    // What else the machine does decides how much the numbers are worth.
    private static string Load() => Lines("/proc/loadavg").FirstOrDefault()?.Split(' ')[0] ?? "unknown";

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
