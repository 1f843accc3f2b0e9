using System.Diagnostics;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A small file system of its own in memory. Needs root on Linux; elsewhere the test is left out and says so.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduler-disk-");

    private SmallDisk()
    {
    }

    public string Path => _folder.FullName;

    public static SmallDisk Mount(int kilobytes)
    {
        var disk = new SmallDisk();
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", disk.Path))
        {
            disk._folder.Delete();
            Assert.Skip("No file system can be mounted here: it needs root on Linux.");
        }

        return disk;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>False when it failed, or is not there.</returns>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Resize(int kilobytes) => Remount($"size={kilobytes}k");

    public void Remount(string options) => Assert.True(Run("mount", "-o", $"remount,{options}", Path), $"remount {options}");

    /// <summary>Takes up all room that is left.</summary>
    public void Fill()
    {
        var block = new byte[4_096];
        using var file = File.Create(System.IO.Path.Combine(Path, "other"), bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // No room is left.
        }
    }

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Delete();
    }
}
