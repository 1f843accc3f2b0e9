using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>A store of which an archive can be taken while it is written to.</summary>
internal interface IArchivedStore
{
    /// <summary>Everything that is stored at this instant. It blocks for as long as reading all of it once takes.</summary>
    /// <param name="at">The instant, for the header.</param>
    /// <param name="skipDamaged">True to leave damaged actors out.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="Errors.CorruptStateException">A row is damaged, and none is to be left out.</exception>
    IArchiveSource OpenArchive(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation);

    /// <inheritdoc cref="OpenArchive"/>
    /// <remarks>It blocks a thread of the pool and not its caller.</remarks>
    Task<IArchiveSource> OpenArchiveAsync(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation) =>
        Task.Run(() => OpenArchive(at, skipDamaged, cancellation), cancellation);
}
