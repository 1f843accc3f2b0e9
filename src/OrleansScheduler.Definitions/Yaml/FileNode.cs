namespace OrleansScheduler.Definitions.Yaml;

/// <summary>A node of a file: one of the three kinds of YAML, with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record FileNode(int Line, int Column)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Shown { get; }
}
