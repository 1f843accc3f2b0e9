using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OrleansScheduler.Core.Storage.Files;

/// <summary>Files that are replaced as a whole: a reader, and a machine that lost its power, finds the old content or the new.</summary>
/// <remarks>
/// The handlers do the same in a type of their own (<c>Handlers/Files/DurableFiles</c>), because they reference the
/// abstractions only, and those do no input and output; here is just the part that the product itself needs.
/// </remarks>
internal static class AtomicFile
{
    private const int InvalidArgument = 22;
    private const int LinuxNotSupported = 95;
    private const int MacNotSupported = 45;

    /// <summary>Puts a file in place of another, or of none. It is on the disk when the task completes.</summary>
    /// <param name="path">A full path; its folder exists.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="cancellation">Until the file is put in place, leaves everything as it was.</param>
    /// <exception cref="IOException">The old file is as it was. Only when flushing the folder failed it may have been replaced.</exception>
    public static Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        ReplaceAsync(path, async (stream, token) => await stream.WriteAsync(content, token), cancellation);

    /// <inheritdoc cref="ReplaceAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <param name="path">A full path; its folder exists.</param>
    /// <param name="write">Writes the content, piece by piece if it is large. When it throws, the old file stays.</param>
    /// <param name="cancellation">Until the file is put in place, leaves everything as it was.</param>
    /// <param name="isSecret">Whether a new file is for its owner only, from its first byte on; one that is replaced passes its rights on.</param>
    public static async Task ReplaceAsync(
        string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation, bool isSecret = false)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new ArgumentException("The path is relative; the current folder may change.", nameof(path));
        }

        string folder = Path.GetDirectoryName(path)!;
        string prefix = Prefix(path);
        RemoveLeftovers(folder, prefix);
        string temporary = Path.Combine(folder, $"{prefix}{Path.GetRandomFileName()}.tmp");
        try
        {
            await using (var stream = new FileStream(temporary, Creation(isSecret)))
            {
                await write(stream, cancellation);
                await stream.FlushAsync(cancellation);
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

    /// <summary>Puts a finished file where none is yet. It is on the disk under its new name when the call returns.</summary>
    /// <param name="temporary">The file; in the same folder as <paramref name="path"/>.</param>
    /// <param name="path">A full path.</param>
    /// <param name="flush">Flushes the folder; null to do it.</param>
    /// <exception cref="IOException">Something is there already, or a flush failed; then the file has its old name.</exception>
    public static void PutInPlace(string temporary, string path, Action<string>? flush = null)
    {
        using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
        try
        {
            (flush ?? FlushFolder)(Path.GetDirectoryName(path)!);
        }
        catch
        {
            File.Move(path, temporary, overwrite: false);
            throw;
        }
    }

    // The beginning of the names of a target's temporary files. A hash, because a name may be as long as the file system allows.
    private static string Prefix(string path) =>
        $".{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path))).AsSpan(0, 8))}.";

    [UnsupportedOSPlatform("windows")]
    private static void Put(string temporary, string path)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        File.Move(temporary, path, overwrite: true);
    }

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

    private static FileStreamOptions Creation(bool isSecret)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 16 << 10, Options = FileOptions.Asynchronous,
        };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // The new name is on the disk only when the folder is. Windows does that itself.
    private static void FlushFolder(string folder)
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

        int error = Flush(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);

        // Some file systems cannot flush a folder, and then need none.
        if (error is not (0 or InvalidArgument or LinuxNotSupported or MacNotSupported))
        {
            throw new IOException($"The folder {folder} cannot be flushed: error {error}.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
