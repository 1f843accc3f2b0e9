using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>The last commits of a space, for explanations and for those who follow along.</summary>
internal sealed class CommitHistory
{
    public const int Kept = 1_000;
    public const int AddressesKept = 20;

    private readonly SortedDictionary<long, CommitRecord> _restored = [];
    private readonly LinkedList<CommitRecord> _records = new();
    private readonly Dictionary<long, CommitRecord> _bySequence = [];

    public int Count => _records.Count;

    public long Oldest => _records.First?.Value.Sequence ?? 0;

    public void Add(CommitRecord record)
    {
        _records.AddLast(record);
        _bySequence[record.Sequence] = record;
        if (_records.Count > Kept)
        {
            _bySequence.Remove(_records.First!.Value.Sequence);
            _records.RemoveFirst();
        }
    }

    public bool TryGet(long sequence, [NotNullWhen(true)] out CommitRecord? record) => _bySequence.TryGetValue(sequence, out record);

    public IEnumerable<CommitRecord> After(long sequence)
    {
        for (long next = Math.Max(sequence + 1, Oldest); _bySequence.TryGetValue(next, out CommitRecord? record); next++)
        {
            yield return record;
        }
    }

    /// <summary>Pages may come in any order: restored records are sorted before they count.</summary>
    public void Restore(CommitRecord record) => _restored[record.Sequence] = record;

    public void Restored()
    {
        foreach (CommitRecord record in _restored.Values)
        {
            Add(record);
        }

        _restored.Clear();
    }
}
