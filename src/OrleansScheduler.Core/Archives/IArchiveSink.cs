namespace OrleansScheduler.Core.Archives;

/// <summary>Takes what an archive holds, in its order. Nothing counts before the archive was read to its end.</summary>
internal interface IArchiveSink
{
    /// <summary>The first line.</summary>
    void Begin(ArchiveHeader header);

    /// <summary>A piece; its memory is the sink's.</summary>
    void Take(ArchivePart part);

    /// <summary>Awaited after every line: a sink that stores more slowly than the archive is read holds the reader up.</summary>
    ValueTask ReadyAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
