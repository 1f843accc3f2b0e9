using System.Text;

namespace OrleansScheduler.Samples.Earthquakes.Reports;

/// <summary>Replaces a file whole: whoever reads it sees the old text or the new one, also after a crash.</summary>
internal static class ReportFile
{
    /// <summary>Writes a text file into a folder, which is created when it is missing.</summary>
    public static async Task WriteAsync(string folder, string name, string text, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);

        // In the same folder, since a rename is atomic only within a volume. The name is fixed, so a crash leaves one file at
        // most, which the next run overwrites.
        var temporary = path + ".tmp";
        await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            file.Flush(flushToDisk: true);
        }

        // A run that was told to stop may have been replaced already; it must not put its older text over the newer one.
        cancellation.ThrowIfCancellationRequested();
        File.Move(temporary, path, overwrite: true);
    }
}
