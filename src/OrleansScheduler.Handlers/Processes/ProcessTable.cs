using System.Globalization;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>The processes of this machine, as /proc shows them. Linux only.</summary>
internal static class ProcessTable
{
    private const int EnvironmentBytesMax = 4 << 20;

    /// <summary>Names this start of the machine: start times count from it.</summary>
    public static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>One process; null when there is none of that number.</summary>
    public static ProcessStat? Find(int pid) =>
        TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"), 4_096) is { } line ? ProcessStat.Parse(line) : null;

    /// <summary>All processes that can be seen.</summary>
    public static List<ProcessStat> All()
    {
        var all = new List<ProcessStat>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Find(pid) is { } stat)
            {
                all.Add(stat);
            }
        }

        return all;
    }

    /// <summary>True when the environment that the process was started with holds the mark; false also when it may not be read.</summary>
    public static bool HasMark(int pid, string mark) =>
        TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ"), EnvironmentBytesMax) is { } environment
        && ProcessMark.IsIn(environment, mark);

    private static byte[]? TryRead(string path, int bytesMax)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            using var content = new MemoryStream();
            byte[] buffer = new byte[4_096];
            while (content.Length < bytesMax && stream.Read(buffer) is > 0 and int read)
            {
                content.Write(buffer, 0, read);
            }

            return content.ToArray();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is not ours to look at.
            return null;
        }
    }
}
