using System.Diagnostics;

namespace OrleansScheduler.Handlers;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("handlers-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A pipe with a name: whoever reads it sees its end when the last process that writes to it is gone.</summary>
    public string Pipe(string name)
    {
        using Process make = Process.Start("mkfifo", [At(name)]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
