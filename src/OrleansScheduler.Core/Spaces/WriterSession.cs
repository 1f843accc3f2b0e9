namespace OrleansScheduler.Core.Spaces;

/// <summary>The commits of one session that a space remembers: a ring in the order of their numbers, which mostly grows at its end.</summary>
internal sealed class WriterSession
{
    private SessionReceipt[] _ring = new SessionReceipt[1];
    private int _first;

    /// <summary>Local sequences below it are forgotten, or would be at once.</summary>
    public long Floor { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How many are remembered; 0 to <see cref="SessionTable.ReceiptsMax"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Those that are remembered, in the order of their numbers.</summary>
    public IEnumerable<SessionReceipt> Receipts
    {
        get
        {
            for (int index = 0; index < Count; index++)
            {
                yield return At(index);
            }
        }
    }

    public bool TryGet(long localSequence, out SessionReceipt receipt)
    {
        int index = IndexOf(localSequence);
        bool found = index < Count && At(index).LocalSequence == localSequence;
        receipt = found ? At(index) : default;
        return found;
    }

    /// <summary>Remembers a commit. A full session forgets the lowest.</summary>
    public void Record(in SessionReceipt receipt, DateTimeOffset at)
    {
        LastAt = at;
        int index = IndexOf(receipt.LocalSequence);
        if (index < Count && At(index).LocalSequence == receipt.LocalSequence)
        {
            _ring[Place(index)] = receipt;
            return;
        }

        if (Count == SessionTable.ReceiptsMax)
        {
            if (index == 0)
            {
                return;
            }

            _first = Place(1);
            Count--;
            index--;
        }

        Insert(index, receipt);

        // A full session could not remember anything below what it remembers: such a commit would be forgotten at once.
        if (Count == SessionTable.ReceiptsMax)
        {
            Floor = At(0).LocalSequence;
        }
    }

    public void RestoreFloor(long floor) => Floor = floor;

    private void Insert(int index, in SessionReceipt receipt)
    {
        if (Count == _ring.Length)
        {
            var larger = new SessionReceipt[Math.Min(2 * _ring.Length, SessionTable.ReceiptsMax)];
            for (int kept = 0; kept < Count; kept++)
            {
                larger[kept] = At(kept);
            }

            (_ring, _first) = (larger, 0);
        }

        for (int moved = Count++; moved > index; moved--)
        {
            _ring[Place(moved)] = _ring[Place(moved - 1)];
        }

        _ring[Place(index)] = receipt;
    }

    // Where the number is, or would be. Nearly always behind all others.
    private int IndexOf(long localSequence)
    {
        if (Count == 0 || At(Count - 1).LocalSequence < localSequence)
        {
            return Count;
        }

        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = At(middle).LocalSequence < localSequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int Place(int index) => (_first + index) % _ring.Length;

    private ref readonly SessionReceipt At(int index) => ref _ring[Place(index)];
}
