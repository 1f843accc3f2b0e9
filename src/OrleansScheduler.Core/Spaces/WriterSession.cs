using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The commits of one session that a space remembers.</summary>
internal sealed class WriterSession
{
    private readonly SortedList<long, SessionReceipt> _receipts = [];

    /// <summary>Local sequences below it are forgotten, or would be at once.</summary>
    public long Floor { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public IReadOnlyCollection<KeyValuePair<long, SessionReceipt>> Receipts => _receipts;

    public bool TryGet(long localSequence, [NotNullWhen(true)] out SessionReceipt? receipt) =>
        _receipts.TryGetValue(localSequence, out receipt);

    public void Record(long localSequence, SessionReceipt receipt, DateTimeOffset at)
    {
        _receipts[localSequence] = receipt;
        LastAt = at;
        if (_receipts.Count > SessionTable.ReceiptsMax)
        {
            _receipts.RemoveAt(0);
        }

        // A full session could not remember anything below what it remembers: such a commit would be forgotten at once.
        if (_receipts.Count == SessionTable.ReceiptsMax)
        {
            Floor = _receipts.GetKeyAtIndex(0);
        }
    }

    public void RestoreFloor(long floor) => Floor = floor;
}
