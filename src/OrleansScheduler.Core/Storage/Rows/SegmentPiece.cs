namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>What one segment row holds.</summary>
/// <param name="Row">Its number.</param>
/// <param name="First">The position of its first entry.</param>
/// <param name="Part">Which part of that entry it is; -1 when it holds whole entries.</param>
/// <param name="Parts">How many parts that entry has.</param>
/// <param name="Entries">The entries, or the part's bytes without a count.</param>
internal sealed record SegmentPiece(long Row, long First, long Part, long Parts, EntryGroup Entries);
