using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Files;

/// <summary>Paths below a root folder that cannot lead out of it.</summary>
internal static class RootedPath
{
    /// <summary>Why a path cannot be one below a root; null when it can.</summary>
    public static string? FaultOf(string path)
    {
        if (path.Length == 0 || path.StartsWith('/') || path.EndsWith('/'))
        {
            return "must be the relative path of a file";
        }

        if (path.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 || path.AsSpan().ContainsAny("\\:*?\"<>|"))
        {
            return "holds a character that not every file system allows";
        }

        return path.Split('/').Any(step => step is "" or "." or "..")
            ? "must have no empty step, and none of . and .."
            : null;
    }

    /// <summary>The full path, after every existing step below the root was seen to be no symbolic link.</summary>
    /// <remarks>
    /// All links are refused, those within the root too: where a link leads can change after it was followed. Whoever may
    /// write into the root by other means can still put one there between this look and the access.
    /// </remarks>
    public static string Resolve(string root, string path)
    {
        if (FaultOf(path) is { } fault)
        {
            throw Refused(path, fault);
        }

        string full = root;
        foreach (string step in path.Split('/'))
        {
            full = Path.Combine(full, step);
            if (new FileInfo(full).LinkTarget is not null)
            {
                throw Refused(path, $"leads through the symbolic link '{step}'");
            }
        }

        return full;
    }

    private static SchedulerException Refused(string path, string reason) =>
        new SchedulerException(HandlerErrorCodes.FilePathRefused, $"The path '{path}' {reason}.").With("path", path);
}
