using System.Collections.Immutable;

namespace OrleansScheduler.Engine;

/// <summary>The journal of one actor: numbered entries, and pages of a snapshot that stands for the oldest of them.</summary>
/// <remarks>
/// Entry positions begin at 1. Rows carry checksums; every member throws <see cref="Errors.CorruptStateException"/> for a
/// damaged row and <see cref="Errors.StorageException"/> for what storage refuses.
/// </remarks>
public interface IJournalStorage
{
    /// <summary>Everything that is acknowledged: the newest snapshot and the entries after it.</summary>
    Task<JournalContent> LoadAsync(CancellationToken cancellation);

    /// <summary>Appends a group of entries as one unit; durable when the task completes.</summary>
    /// <param name="expectedPosition">The position of the last entry that the caller knows; 0 for an empty journal.</param>
    /// <param name="entries">1 to 1,000 entries; they get the positions after <paramref name="expectedPosition"/>.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    /// <exception cref="Errors.StorageException">With <see cref="Errors.ErrorCodes.JournalConflict"/> when the journal does not
    /// end at <paramref name="expectedPosition"/>: another activation wrote. Any other failure leaves open whether it landed.</exception>
    Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation);

    /// <summary>Replaces pages of the snapshot and moves it to <paramref name="position"/>, as one unit.</summary>
    /// <param name="position">The last entry that the snapshot stands for; not below the present snapshot.</param>
    /// <param name="pages">Changed pages by name; a null content removes the page. Others stay.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation);

    /// <summary>Forgets entries up to a position that the snapshot covers. Frees space; may do so later, in small steps.</summary>
    Task TruncateAsync(long position, CancellationToken cancellation);

    /// <summary>The actor is done: once nothing is left in its journal, storage may forget that there was one, now or later. Whoever loads it
    /// then finds it as if it had never been written, with positions from 1; an activation that has loaded it before goes on where it was.
    /// Does nothing while something is in it, or where storage keeps a row for every journal.</summary>
    Task RetireAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>True when what a process has sent may arrive after others have taken its place. False, the default, where only one
    /// process has the storage at a time: then nobody needs <see cref="FenceAsync"/>.</summary>
    bool IsShared => false;

    /// <summary>Lets nobody write any more who has loaded the journal before: what is still on its way from there loses.</summary>
    /// <param name="position">The position of the last entry that the caller knows.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    /// <exception cref="Errors.StorageException">With <see cref="Errors.ErrorCodes.JournalConflict"/> when another activation wrote.</exception>
    Task FenceAsync(long position, CancellationToken cancellation) => Task.CompletedTask;
}
