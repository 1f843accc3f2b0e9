using System.Collections.Immutable;

namespace OrleansScheduler.Core.Archives;

/// <summary>Everything that a store held at one instant. Disposing lets go of that instant.</summary>
internal interface IArchiveSource : IDisposable
{
    /// <summary>What it is of.</summary>
    ArchiveHeader Header { get; }

    /// <summary>The actors that it leaves out.</summary>
    ImmutableArray<ArchiveDamage> Damaged { get; }

    /// <summary>Why it must be let go of although it is not read to its end, for people; null as long as it may be kept. Any thread may ask.</summary>
    string? Excess => null;

    /// <summary>The parts in the order of an archive: actors by kind and key, each with its pages, entries and states.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="Errors.CorruptStateException">A row is damaged.</exception>
    IAsyncEnumerable<ArchivePart> ReadAsync(CancellationToken cancellation);
}
