using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Puts the entries after a snapshot together and sees that none is missing.</summary>
internal sealed class EntryReader(JournalRows rows, long snapshot)
{
    private readonly ImmutableArray<ReadOnlyMemory<byte>>.Builder _entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    // The position of the next entry; 0 until the first segment tells where it begins.
    private long _next;

    public ImmutableArray<ReadOnlyMemory<byte>> Entries => _entries.ToImmutable();

    public async Task<SegmentPiece> ReadAsync(Segment segment)
    {
        // References carry no kind: the first byte of a row that has the right checksum tells.
        StoredState stored = await rows.ReadAsync(segment.Row.Number) ?? throw rows.Corrupt(segment.Row.Number, "it is missing");
        RowKind kind = JournalRows.KindOf(stored.Content);
        ReadOnlyMemory<byte> body = rows.OpenReferenced(segment.Row, kind is RowKind.EntryPart ? kind : RowKind.Segment, stored);
        return rows.Understand(segment.Row.Number, body, content => Piece(segment, kind, new RowReader(content)));
    }

    /// <exception cref="CorruptStateException">The piece does not follow what was added before.</exception>
    public void Add(SegmentPiece piece) => rows.Understand(piece.Row, default, _ =>
    {
        if (_next == 0 && piece.First <= snapshot + 1 && piece.Part <= 0)
        {
            _next = piece.First;
        }

        if (piece.First != _next || (piece.Part < 0 ? _parts.Count != 0 : piece.Part != _parts.Count))
        {
            throw new InvalidDataException($"it begins at {piece.First} where {_next} is expected");
        }

        if (piece.Part < 0)
        {
            Add(piece.Entries);
            return true;
        }

        _parts.Add(piece.Entries.Bytes);
        if (_parts.Count == piece.Parts)
        {
            Add(Join(_parts));
            _parts.Clear();
        }

        return true;
    });

    public void AddTail(JournalHead head) => rows.Understand(JournalRows.Head, default, _ =>
    {
        long first = head.End - head.Tail.Count + 1;
        _next = _next == 0 && first <= snapshot + 1 ? first : _next;
        if (_next != first || _parts.Count > 0 || head.End < snapshot)
        {
            throw new InvalidDataException($"its newest entries begin at {first} where {_next} is expected");
        }

        Add(head.Tail);
        return true;
    });

    public static ReadOnlyMemory<byte> Join(IReadOnlyCollection<ReadOnlyMemory<byte>> parts)
    {
        byte[] joined = new byte[parts.Sum(part => (long)part.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
        }

        return joined;
    }

    private static SegmentPiece Piece(Segment segment, RowKind kind, RowReader reader)
    {
        long first = reader.Number();
        if (kind == RowKind.EntryPart)
        {
            long part = reader.Number();
            long parts = reader.Number();
            return new SegmentPiece(segment.Row.Number, first, part, parts, new EntryGroup(0, reader.Rest));
        }

        int count = (int)reader.Number();
        return first + count - 1 == segment.Last
            ? new SegmentPiece(segment.Row.Number, first, -1, 0, new EntryGroup(count, reader.Rest))
            : throw new InvalidDataException($"it ends at {first + count - 1}, not at {segment.Last}");
    }

    private void Add(EntryGroup group)
    {
        foreach (ReadOnlyMemory<byte> entry in group.Split())
        {
            Add(entry);
        }
    }

    private void Add(ReadOnlyMemory<byte> entry)
    {
        if (_next > snapshot)
        {
            _entries.Add(entry);
        }

        _next++;
    }
}
