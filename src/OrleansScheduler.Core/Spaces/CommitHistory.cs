using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The last commits of a space, for explanations and for those who follow along.</summary>
/// <remarks>A ring in the order of the sequences, which have no gaps but between two epochs of the deployment.</remarks>
internal sealed class CommitHistory
{
    public const int Kept = 1_000;
    public const int AddressesKept = 20;

    private readonly CommitRecord?[] _ring = new CommitRecord?[Kept];
    private long _added;

    public int Count => (int)Math.Min(_added, Kept);

    /// <summary>The oldest sequence that is kept; 0 when there is none.</summary>
    public long Oldest => Count == 0 ? 0 : At(0).Sequence;

    public void Add(CommitRecord record) => _ring[_added++ % Kept] = record;

    public bool TryGet(long sequence, [NotNullWhen(true)] out CommitRecord? record)
    {
        int index = IndexAfter(sequence - 1);
        record = index < Count && At(index).Sequence == sequence ? At(index) : null;
        return record is not null;
    }

    public IEnumerable<CommitRecord> After(long sequence)
    {
        for (int index = IndexAfter(sequence); index < Count; index++)
        {
            yield return At(index);
        }
    }

    /// <summary>Takes what pages held, in any order.</summary>
    public void Restore(IEnumerable<CommitRecord> records)
    {
        foreach (CommitRecord record in records.OrderBy(record => record.Sequence))
        {
            Add(record);
        }
    }

    private CommitRecord At(int index) => _ring[(_added - Count + index) % Kept]!;

    // The first that is newer; as many as there are when none is.
    private int IndexAfter(long sequence)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = At(middle).Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
