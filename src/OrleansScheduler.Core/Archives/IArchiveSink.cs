namespace OrleansScheduler.Core.Archives;

/// <summary>Takes what an archive holds, in its order. Nothing counts before the archive was read to its end.</summary>
internal interface IArchiveSink
{
    /// <summary>The first line.</summary>
    void Begin(ArchiveHeader header);

    /// <summary>A piece; its memory is the sink's.</summary>
    void Take(ArchivePart part);
}
