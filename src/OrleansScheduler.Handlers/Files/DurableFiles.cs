using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace OrleansScheduler.Handlers.Files;

/// <summary>Files that are whole, and on the disk, when a call returns.</summary>
internal static class DurableFiles
{
    /// <summary>Puts a file in place of another, or of none. A reader sees the old content or the new, never a part.</summary>
    public static async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(path)!;
        string prefix = Prefix(path);
        RemoveLeftovers(folder, prefix);
        string temporary = Path.Combine(folder, $"{prefix}{Path.GetRandomFileName()}.tmp");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
                cancellation.ThrowIfCancellationRequested();
                if (!OperatingSystem.IsWindows())
                {
                    // While it is locked, nobody takes it for a leftover.
                    Put(temporary, path);
                }
            }

            if (OperatingSystem.IsWindows())
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Adds to the end of a file, or starts it.</summary>
    public static async Task AppendAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        bool isNew = !File.Exists(path);
        await using (var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous))
        {
            await stream.WriteAsync(content, cancellation);
            stream.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            FlushFolder(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Creates what is missing of a folder below a root, which exists.</summary>
    public static void CreateFolder(string root, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        for (string above = Path.GetDirectoryName(folder)!; above.Length >= root.Length; above = Path.GetDirectoryName(above)!)
        {
            FlushFolder(above);
            if (above == root)
            {
                return;
            }
        }
    }

    /// <summary>Makes names that were added to, moved in or removed from a folder durable. Nothing on Windows, which does that itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(folder, OperatingSystem.IsLinux() ? 0x80000 : 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened to flush it: error {Marshal.GetLastPInvokeError()}.");
        }

        // Some file systems cannot flush a folder, and then need none.
        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    // The beginning of the names of a target's temporary files. A hash, because a name may be as long as the file system allows.
    private static string Prefix(string path) =>
        $".{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(path))).AsSpan(0, 8))}.";

    // What processes left that ended in the middle of replacing the same target.
    private static void RemoveLeftovers(string folder, string prefix)
    {
        foreach (string left in Directory.EnumerateFiles(folder, $"{prefix}*.tmp"))
        {
            try
            {
                // Whoever is writing it has it locked.
                using var stream = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It is in use, or not ours to remove; the next one tries again.
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Put(string temporary, string path)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        File.Move(temporary, path, overwrite: true);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
