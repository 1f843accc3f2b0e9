namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>The folder of this process, and folders in it; all are gone at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private int _count;

    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-benchmarks-").FullName;

    /// <summary>An empty folder that did not exist before.</summary>
    public string New() => Directory.CreateDirectory(System.IO.Path.Combine(Path, $"{++_count}")).FullName;

    /// <summary>A new folder with the files of another one, which has no folders in it.</summary>
    public string CopyOf(string folder)
    {
        var copy = New();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
