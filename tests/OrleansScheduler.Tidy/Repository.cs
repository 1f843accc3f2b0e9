using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OrleansScheduler.Tidy;

/// <summary>The files of the checkout that these tests were built from. Paths are relative to its root, with slashes.</summary>
internal static class Repository
{
    public const string Solution = "OrleansScheduler.sln";
    public const string EmbeddedSolution = "OrleansScheduler.Embedded.slnf";

    // What builds and runs leave behind.
    private static readonly ImmutableArray<string> Leftovers = ["bin", "obj", "data", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static bool Exists(string path) => File.Exists(FullPath(path));

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    /// <summary>Every file below the folder whose name ends so, except build output; none when there is no such folder.</summary>
    public static ImmutableArray<string> Files(string folder, string ending) =>
        Directory.Exists(FullPath(folder))
            ? [.. Walk(new DirectoryInfo(FullPath(folder)))
                .Where(file => file.Name.EndsWith(ending, StringComparison.Ordinal))
                .Select(file => Relative(file.FullName))
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>A full path as a path within the repository.</summary>
    public static string Relative(string fullPath) => Path.GetRelativePath(Root, fullPath).Replace('\\', '/');

    /// <summary>The names that the top level shows: those that git tracks, or what lies there when git cannot tell.</summary>
    public static ImmutableArray<string> TopLevel()
    {
        var tracked = TrackedFiles();
        return tracked.IsEmpty
            ? [.. new DirectoryInfo(Root).EnumerateFileSystemInfos().Select(entry => entry.Name).Except(Leftovers)]
            : [.. tracked.Select(path => path.Split('/')[0]).Distinct()];
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories()
            .Where(child => child.Name is not ("bin" or "obj" or "node_modules" or "TestResults") && child.Name[0] != '.')
            .SelectMany(Walk));

    private static ImmutableArray<string> TrackedFiles()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z"]) { RedirectStandardOutput = true })!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)] : [];
        }
        catch (Win32Exception)
        {
            // There is no git on this machine.
            return [];
        }
    }

    // With an artifacts path the assembly lies outside of the checkout; then its source file still lies inside.
    private static string FindRoot() =>
        RootAbove(AppContext.BaseDirectory)
        ?? RootAbove(SourcePath())
        ?? throw new InvalidOperationException($"No {Solution} above {AppContext.BaseDirectory} and {SourcePath()}.");

    private static string? RootAbove(string? path)
    {
        while (path is not null && !File.Exists(Path.Combine(path, Solution)))
        {
            path = Path.GetDirectoryName(path);
        }

        return path;
    }

    private static string SourcePath([CallerFilePath] string path = "") => path;
}
