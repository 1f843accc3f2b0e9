using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Yaml;

/// <summary>A list.</summary>
internal sealed record FileSequence(int Line, int Column, ImmutableArray<FileNode> Items) : FileNode(Line, Column)
{
    public override string Shown => "a list";
}
