using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Yaml;

/// <summary>Keys with values; no key comes twice.</summary>
internal sealed record FileMapping(int Line, int Column, ImmutableArray<FileMember> Members) : FileNode(Line, Column)
{
    public override string Shown => "a mapping";
}
