namespace OrleansScheduler.Embedded.Storage;

/// <summary>What decides over operations on a journal.</summary>
/// <param name="IsStored">It has its row in the journals table.</param>
/// <param name="End">Position of the last entry.</param>
/// <param name="Snapshot">The last entry that the pages stand for.</param>
/// <param name="PageCount">Pages of the snapshot: a lost page is found out by it.</param>
internal readonly record struct JournalMarks(bool IsStored, long End, long Snapshot, long PageCount);
