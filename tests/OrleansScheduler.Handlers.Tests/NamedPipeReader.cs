namespace OrleansScheduler.Handlers;

/// <summary>Reads a pipe with a name.</summary>
internal static class NamedPipeReader
{
    /// <summary>Waits for a writer, on a thread of its own because that blocks.</summary>
    public static Task<StreamReader> OpenAsync(string path) => Task.Factory.StartNew(
        () => new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0)),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>What comes until the last writer is gone.</summary>
    public static Task<string> ToEndAsync(StreamReader reader) => Task.Factory.StartNew(
        reader.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
