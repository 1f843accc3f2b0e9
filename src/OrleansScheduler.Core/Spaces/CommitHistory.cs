using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The last commits of a space, for explanations and for those who follow along.</summary>
/// <remarks>Sequences have no gaps, so a ring indexed by sequence holds them.</remarks>
internal sealed class CommitHistory
{
    public const int Kept = 1_000;
    public const int AddressesKept = 20;

    private readonly CommitRecord?[] _ring = new CommitRecord?[Kept];
    private long _newest;

    public int Count { get; private set; }

    /// <summary>The oldest sequence that is kept; 0 when there is none.</summary>
    public long Oldest => Count == 0 ? 0 : _newest - Count + 1;

    public void Add(CommitRecord record)
    {
        Count = record.Sequence == _newest + 1 ? Math.Min(Count + 1, Kept) : 1;
        _newest = record.Sequence;
        _ring[record.Sequence % Kept] = record;
    }

    public bool TryGet(long sequence, [NotNullWhen(true)] out CommitRecord? record)
    {
        record = Count > 0 && sequence >= Oldest && sequence <= _newest ? _ring[sequence % Kept] : null;
        return record is not null;
    }

    public IEnumerable<CommitRecord> After(long sequence)
    {
        for (long next = Math.Max(sequence + 1, Oldest); TryGet(next, out CommitRecord? record); next++)
        {
            yield return record;
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
}
