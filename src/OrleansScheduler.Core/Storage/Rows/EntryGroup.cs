using System.Collections.Immutable;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Consecutive entries as they are stored, each behind its length.</summary>
internal sealed record EntryGroup(int Count, ReadOnlyMemory<byte> Bytes)
{
    public static EntryGroup Empty { get; } = new(0, default);

    /// <summary>A copy of the entries: their bytes belong to the group.</summary>
    public static EntryGroup Of(ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        long total = 0;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            total += LengthBytes(entry.Length) + entry.Length;
        }

        byte[] bytes = new byte[total];
        int at = 0;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            at += WriteLength(bytes.AsSpan(at), entry.Length);
            entry.Span.CopyTo(bytes.AsSpan(at));
            at += entry.Length;
        }

        return new EntryGroup(entries.Length, bytes);
    }

    /// <summary>These entries and then others.</summary>
    public EntryGroup With(EntryGroup next)
    {
        byte[] bytes = new byte[Bytes.Length + next.Bytes.Length];
        Bytes.CopyTo(bytes);
        next.Bytes.CopyTo(bytes.AsMemory(Bytes.Length));
        return new EntryGroup(Count + next.Count, bytes);
    }

    /// <summary>These entries without the first ones.</summary>
    public EntryGroup Without(int count)
    {
        var reader = new RowReader(Bytes);
        for (int i = 0; i < count; i++)
        {
            reader.Bytes();
        }

        return new EntryGroup(Count - count, reader.Rest);
    }

    /// <exception cref="InvalidDataException">The bytes do not hold so many entries.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Split()
    {
        var reader = new RowReader(Bytes);
        for (int i = 0; i < Count; i++)
        {
            yield return reader.Bytes();
        }

        reader.End();
    }

    /// <summary>How many bytes an entry takes.</summary>
    public static int StoredBytes(ReadOnlyMemory<byte> entry) => LengthBytes(entry.Length) + entry.Length;

    private static int LengthBytes(int length)
    {
        int bytes = 1;
        for (uint rest = (uint)length >> 7; rest > 0; rest >>= 7)
        {
            bytes++;
        }

        return bytes;
    }

    private static int WriteLength(Span<byte> output, int length)
    {
        uint rest = (uint)length;
        int at = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            output[at++] = (byte)(rest | 0x80);
        }

        output[at++] = (byte)rest;
        return at;
    }
}
