using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Old trees that runs still read: kept for 30 s after somebody last began to read at them, at most 10,000.</summary>
internal sealed class SnapshotShelf
{
    private const int TreesMax = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly Dictionary<long, (DocumentTree Tree, DateTimeOffset At)> _trees = [];
    private readonly Queue<(long Sequence, DateTimeOffset At)> _byAge = new();

    public void Keep(DocumentTree tree, DateTimeOffset now)
    {
        // Within a second the promise of the first reader covers the others: no queue entry per read.
        if (!_trees.TryGetValue(tree.Sequence, out var kept) || now - kept.At > TimeSpan.FromSeconds(1))
        {
            _trees[tree.Sequence] = (tree, now);
            _byAge.Enqueue((tree.Sequence, now));
        }

        Forget(now);
    }

    public bool TryGet(long sequence, [NotNullWhen(true)] out DocumentTree? tree)
    {
        bool found = _trees.TryGetValue(sequence, out var kept);
        tree = kept.Tree;
        return found;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && (now - oldest.At > KeptFor + TimeSpan.FromSeconds(1) || _byAge.Count > TreesMax))
        {
            _byAge.Dequeue();
            if (_trees.TryGetValue(oldest.Sequence, out var kept) && kept.At == oldest.At)
            {
                _trees.Remove(oldest.Sequence);
            }
        }
    }
}
