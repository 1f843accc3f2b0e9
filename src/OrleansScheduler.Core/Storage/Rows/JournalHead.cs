using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Core.Encoding;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>What the head row says: all that a journal is, once the rows that it references are read.</summary>
internal sealed record JournalHead
{
    public static JournalHead Empty { get; } = new();

    /// <summary>Names the activation that wrote this head, and with <see cref="Attempt"/> this very write.</summary>
    public long Writer { get; init; }

    public long Attempt { get; init; }

    /// <summary>Rows above this number were never written.</summary>
    public long RowsReserved { get; init; }

    /// <summary>The last entry that the pages stand for.</summary>
    public long Snapshot { get; init; }

    /// <summary>The last entry.</summary>
    public long End { get; init; }

    /// <summary>The entries before the tail, oldest first; the first ones may lie under the snapshot.</summary>
    public ImmutableArray<Segment> Segments { get; init; } = [];

    /// <summary>The table of pages; null when there are none.</summary>
    public PageNode? Pages { get; init; }

    /// <summary>The newest entries.</summary>
    public EntryGroup Tail { get; init; } = EntryGroup.Empty;

    /// <summary>References that the row holds.</summary>
    public int References =>
        Segments.Length + (Pages is null ? 0 : Pages.Row is null ? Pages.Pages.Sum(page => page.Rows.Length) : 1);

    /// <summary>Every row that belongs to the journal besides its head.</summary>
    public IEnumerable<StoredRow> Rows => Segments.SelectMany(segment => segment.Rows).Concat(Pages?.Rows ?? []);

    public void Write(IBufferWriter<byte> output)
    {
        var encoder = new BinaryEncoder(output);
        encoder.Number(Writer);
        encoder.Number(Attempt);
        encoder.Number(RowsReserved);
        encoder.Number(Snapshot);
        encoder.Number(End);
        SegmentWriter.WriteReferences(output, Segments);
        encoder.Byte(Pages is null ? (byte)0 : Pages.Row is null ? (byte)1 : (byte)2);
        if (Pages is { Row: { } row })
        {
            encoder.Number(row.Number);
            encoder.Number(row.Sum);
        }
        else
        {
            Pages?.Write(output);
        }

        encoder.Number(Tail.Count);
        output.Write(Tail.Bytes.Span);
    }

    /// <summary>Reads a head. What its references lead to is still unknown: <paramref name="pages"/> is the root's row, if it has one.</summary>
    public static JournalHead Read(ReadOnlyMemory<byte> content, out StoredRow? pages)
    {
        var reader = new RowReader(content);
        var head = new JournalHead
        {
            Writer = reader.Number(),
            Attempt = reader.Number(),
            RowsReserved = reader.Number(),
            Snapshot = reader.Number(),
            End = reader.Number(),
            Segments = SegmentWriter.ReadReferences(reader),
        };
        pages = null;
        switch (reader.Byte())
        {
            case 0:
                break;
            case 1:
                head = head with { Pages = PageNode.Read(reader, out _) ?? throw new InvalidDataException("an inner node lies in the head") };
                break;
            default:
                pages = reader.Reference();
                break;
        }

        int count = (int)reader.Number();
        return head with { Tail = new EntryGroup(count, reader.Rest) };
    }
}
