namespace OrleansScheduler.Core.Archives;

/// <summary>A piece of an archive between its first line and its last one.</summary>
internal abstract record ArchivePart
{
    /// <summary>What follows is of this actor.</summary>
    internal sealed record Actor(ArchiveActor Value) : ArchivePart;

    /// <summary>A page of the actor's snapshot, in its frame.</summary>
    internal sealed record Page(string Name, ReadOnlyMemory<byte> Content) : ArchivePart;

    /// <summary>An entry of the actor's journal, in its frame.</summary>
    internal sealed record Entry(long Position, ReadOnlyMemory<byte> Content) : ArchivePart;

    /// <summary>A named state of the actor.</summary>
    internal sealed record State(string Name, ReadOnlyMemory<byte> Content) : ArchivePart;
}
