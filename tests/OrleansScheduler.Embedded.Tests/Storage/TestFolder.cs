namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-").FullName;

    public string Database => System.IO.Path.Combine(Path, "scheduler.db");

    /// <summary>What a killed process would leave: the file and its write-ahead log as they are now.</summary>
    public TestFolder Crash()
    {
        var copy = new TestFolder();
        foreach (var name in new[] { "scheduler.db", "scheduler.db-wal" })
        {
            var source = System.IO.Path.Combine(Path, name);
            if (File.Exists(source))
            {
                File.Copy(source, System.IO.Path.Combine(copy.Path, name));
            }
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
