using System.Buffers.Binary;
using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>
/// The bytes of one row of the log: format 1, checksum, then each entry after its length. The checksum also covers the actor's
/// name, the position and the count, so that a sound payload in a wrong place is found out.
/// </summary>
internal static class LogRowFormat
{
    private const int HeaderBytes = 5;
    private const byte Format = 1;

    public static byte[] Encode(uint actor, long position, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        var bytes = HeaderBytes;
        foreach (var entry in entries)
        {
            bytes += sizeof(int) + entry.Length;
        }

        var payload = GC.AllocateUninitializedArray<byte>(bytes);
        payload[0] = Format;
        var rest = payload.AsSpan(HeaderBytes);
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, entry.Length);
            entry.Span.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + entry.Length)..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), Sum(actor, position, entries.Length, payload));
        return payload;
    }

    /// <summary>What is wrong with a payload; null when it is what was written for this actor at this place.</summary>
    public static string? Damage(uint actor, LogRow row, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderBytes)
        {
            return "it is too short";
        }

        if (payload[0] != Format)
        {
            return $"its format is {payload[0]}";
        }

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        return stored == Sum(actor, row.Position, row.Count, payload) ? null : "its checksum does not fit";
    }

    /// <summary>Adds the row's entries after position <paramref name="after"/> to <paramref name="entries"/>.</summary>
    /// <returns>What is wrong with the payload; null when it is sound.</returns>
    public static string? Decode(
        uint actor, LogRow row, ReadOnlyMemory<byte> payload, long after, ImmutableArray<ReadOnlyMemory<byte>>.Builder entries) =>
        Damage(actor, row, payload.Span) ?? Split(row, payload[HeaderBytes..], after, entries);

    private static string? Split(
        LogRow row, ReadOnlyMemory<byte> rest, long after, ImmutableArray<ReadOnlyMemory<byte>>.Builder entries)
    {
        for (var position = row.Position; position <= row.Last; position++)
        {
            if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(rest.Span) is var bytes
                && (bytes < 0 || bytes > rest.Length - sizeof(int)))
            {
                return "its entries do not fill it";
            }

            if (position > after)
            {
                entries.Add(rest.Slice(sizeof(int), bytes));
            }

            rest = rest[(sizeof(int) + bytes)..];
        }

        return rest.IsEmpty ? null : "its entries do not fill it";
    }

    private static uint Sum(uint actor, long position, int count, ReadOnlySpan<byte> payload) =>
        Checksum.Add(Checksum.Add(Checksum.Add(actor, position), (long)count), payload[HeaderBytes..]);
}
