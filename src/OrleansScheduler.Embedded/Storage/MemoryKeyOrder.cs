using System.Text;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Kind and key as UTF-8 bytes, which is how SQLite compares them.</summary>
internal sealed class MemoryKeyOrder : IComparer<(string Kind, string Key)>
{
    public static MemoryKeyOrder Instance { get; } = new();

    public int Compare((string Kind, string Key) x, (string Kind, string Key) y) =>
        Compare(x.Kind, y.Kind) is var kind and not 0 ? kind : Compare(x.Key, y.Key);

    private static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
