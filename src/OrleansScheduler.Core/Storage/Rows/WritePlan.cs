using System.Buffers;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>What one change of a journal does to rows: which are written before the head, and which it no longer names.</summary>
internal sealed class WritePlan
{
    private readonly List<(StoredRow Row, RowKind Kind, Action<ArrayBufferWriter<byte>> Write)> _rows = [];

    /// <summary>New rows in the order of writing: a row comes after all that it references.</summary>
    public IReadOnlyList<(StoredRow Row, RowKind Kind, Action<ArrayBufferWriter<byte>> Write)> Rows => _rows;

    /// <summary>Rows that are free once the head is written.</summary>
    public List<StoredRow> Released { get; } = [];

    /// <summary>Adds a row, whose place and content are settled when it is written.</summary>
    public StoredRow Add(RowKind kind, Action<ArrayBufferWriter<byte>> write)
    {
        var row = new StoredRow();
        _rows.Add((row, kind, write));
        return row;
    }
}
