namespace OrleansScheduler.Definitions.Tests;

/// <summary>The files beside the tests.</summary>
internal static class TestFile
{
    public static string Read(string name)
    {
        using var stream = typeof(TestFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no test file '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
