namespace OrleansScheduler.Handlers.Processes;

/// <summary>Finds the file of a program, as a shell would.</summary>
internal static class ProgramPath
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>The full path of an executable file; null when there is none.</summary>
    /// <param name="program">A name is searched in PATH; what holds a separator is a path.</param>
    /// <param name="path">The variable PATH of the process that is to be started; null when it has none.</param>
    /// <param name="directory">Where relative paths start.</param>
    public static string? Find(string program, string? path, string directory)
    {
        if (program.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            return Executable(Path.GetFullPath(program, directory));
        }

        foreach (string folder in (path ?? DefaultPath).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.IsPathFullyQualified(folder) && Executable(Path.GetFullPath(program, folder)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Executable(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(file) ? file : File.Exists(file + ".exe") ? file + ".exe" : null;
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (File.GetUnixFileMode(file) & execute) != 0 ? file : null;
    }
}
