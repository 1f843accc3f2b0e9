namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>The free rows of a journal, and which of them may be written. Pure.</summary>
/// <remarks>
/// A row may be overwritten when its ETag was learnt before this activation's latest successful write of the head. Whoever
/// wrote the row later would have changed the ETag, and whoever wrote it earlier has lost the head and can name it no more. An
/// ETag that was read after the last write of the head could be that of a row which another activation is about to name:
/// with it a zombie would destroy a row in use, although it loses its own next write of the head.
/// </remarks>
internal sealed class RowPool
{
    private const int SpareMin = 2;
    private const int GrowthMin = 4;

    private readonly SortedDictionary<long, StoredRow> _ready = [];
    private readonly List<StoredRow> _learnt = [];
    private readonly SortedSet<long> _unknown = [];

    /// <summary>A pool after loading: the ETags of rows that are not in use are not known yet.</summary>
    public RowPool(long reserved, IEnumerable<StoredRow> used)
    {
        Reserved = reserved;
        var numbers = used.Select(row => row.Number).ToHashSet();
        for (long number = 1; number <= reserved; number++)
        {
            if (!numbers.Contains(number))
            {
                _unknown.Add(number);
            }
        }
    }

    /// <summary>Rows above this number were never written.</summary>
    public long Reserved { get; private set; }

    /// <summary>Rows that may be written now.</summary>
    public int Ready => _ready.Count;

    /// <summary>All free rows.</summary>
    public int Free => _ready.Count + _learnt.Count + _unknown.Count;

    /// <summary>So many rows whose ETags have to be learnt, for a change that needs <paramref name="wanted"/> rows; empty when that is settled.</summary>
    public IReadOnlyList<long> ToLearn(int wanted)
    {
        long[] numbers = [.. _unknown.Take(Math.Max(0, wanted - _ready.Count - _learnt.Count))];
        return numbers;
    }

    /// <summary>A row was read. One that was never written cannot be named by anybody.</summary>
    public void Learn(StoredRow row)
    {
        _unknown.Remove(row.Number);
        if (row.ETag is null)
        {
            _ready.Add(row.Number, row);
        }
        else
        {
            _learnt.Add(row);
        }
    }

    /// <summary>What the next head has to reserve so that, after it, <paramref name="wanted"/> rows may be written.</summary>
    public long Reservation(int wanted)
    {
        long missing = wanted - _ready.Count - _learnt.Count;
        bool isScarce = missing > 0 || Free < SpareMin;
        return isScarce ? Reserved + Math.Max(0, missing) + Math.Max(GrowthMin, Reserved / 16) : Reserved;
    }

    /// <summary>This activation has written the head: what was learnt before may be written, and so may what was reserved.</summary>
    public void HeadWritten(long reserved)
    {
        foreach (StoredRow row in _learnt)
        {
            _ready.Add(row.Number, row);
        }

        _learnt.Clear();
        for (; Reserved < reserved; Reserved++)
        {
            _ready.Add(Reserved + 1, new StoredRow { Number = Reserved + 1 });
        }
    }

    /// <summary>Takes the lowest row that may be written, so that high numbers fall out of use.</summary>
    public StoredRow Take()
    {
        var (number, row) = _ready.First();
        _ready.Remove(number);
        return row;
    }

    /// <summary>A row that no head names or can still come to name.</summary>
    public void Release(StoredRow row) => _ready.Add(row.Number, row);

    /// <summary>A row that a head names which may still land: it waits for the next head.</summary>
    public void ReleaseLater(StoredRow row) => _learnt.Add(row);

    /// <summary>A write failed, so that the row's ETag is anybody's guess.</summary>
    public void Doubt(long number) => _unknown.Add(number);

    /// <summary>Rows of more than <paramref name="bytesMin"/> beyond those that the next change is likely to need.</summary>
    public IReadOnlyList<StoredRow> Bulky(int likelyNeeded, int bytesMin, int countMax) =>
    [
        .. _ready.Values.Skip(likelyNeeded).Where(row => row.Bytes > bytesMin).Reverse().Take(countMax),
    ];

    /// <summary>Takes one row that may be written.</summary>
    public void Take(StoredRow row) => _ready.Remove(row.Number);
}
