using System.Collections.Immutable;

namespace OrleansScheduler.Hosting;

/// <summary>The file of definitions cannot be applied.</summary>
/// <param name="lines">What is wrong, each with its place.</param>
internal sealed class DefinitionsException(ImmutableArray<string> lines) : Exception(lines.FirstOrDefault() ?? "The definitions cannot be applied.")
{
    /// <summary>What is wrong, each with its place.</summary>
    public ImmutableArray<string> Lines { get; } = lines;
}
