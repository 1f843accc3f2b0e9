using System.Buffers;
using System.Buffers.Binary;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>The rows of one journal: seals what is written and lets nothing pass that was not sealed for this place.</summary>
internal sealed class JournalRows(string kind, string key, IStateStorage storage)
{
    public const long Head = 0;
    private const byte Format = 1;

    public string Journal { get; } = $"{kind}/{key}";

    /// <summary>Content with everything that makes it a row of this journal.</summary>
    public byte[] Seal(RowKind rowKind, Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new BinaryEncoder(output);
        encoder.Byte((byte)rowKind);
        encoder.Text(Journal);
        write(output);
        return Frame.Seal(Format, output.WrittenSpan);
    }

    /// <summary>The checksum that references to a sealed row name.</summary>
    public static uint SumOf(ReadOnlySpan<byte> row) => BinaryPrimitives.ReadUInt32LittleEndian(row[1..]);

    /// <summary>The content of a sealed row.</summary>
    /// <exception cref="CorruptStateException">The row is damaged, or is none of this journal or of this kind.</exception>
    /// <exception cref="StorageException"><c>storage_format</c>: a newer version wrote it.</exception>
    public ReadOnlyMemory<byte> Open(long number, RowKind rowKind, ReadOnlyMemory<byte> row)
    {
        string? reason = Frame.Open(row, Format, out byte format, out ReadOnlyMemory<byte> content);
        if (reason is not null)
        {
            throw format > Format
                ? new StorageException(ErrorCodes.StorageFormat, $"{Journal} cannot read {NameOf(number)}: {reason}.", isTransient: false)
                : Corrupt(number, reason);
        }

        return Understand(number, content, body =>
        {
            var reader = new RowReader(body);
            byte found = reader.Byte();
            string owner = reader.Text();
            if (owner != Journal)
            {
                throw new InvalidDataException($"it belongs to {owner}");
            }

            return found == (byte)rowKind
                ? reader.Rest
                : throw new InvalidDataException($"it is of kind {(char)found}, not {(char)(byte)rowKind}");
        });
    }

    /// <summary>Reads content that passed its checksum. What does not make sense nevertheless is damage too.</summary>
    public T Understand<T>(long number, ReadOnlyMemory<byte> content, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(content);
        }
        catch (Exception fault) when (fault is InvalidDataException or OverflowException)
        {
            throw Corrupt(number, $"it cannot be understood ({fault.Message})");
        }
    }

    public Task<StoredState?> ReadAsync(long number) => storage.ReadAsync(NameOf(number), CancellationToken.None);

    /// <summary>Reads the very version of a row that a reference names, and notes its ETag.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(StoredRow row, RowKind rowKind)
    {
        StoredState stored = await ReadAsync(row.Number) ?? throw Corrupt(row.Number, "it is missing");
        return OpenReferenced(row, rowKind, stored);
    }

    /// <summary>The content of the very version of a row that a reference names; notes its ETag.</summary>
    public ReadOnlyMemory<byte> OpenReferenced(StoredRow row, RowKind rowKind, StoredState stored)
    {
        ReadOnlyMemory<byte> content = Open(row.Number, rowKind, stored.Content);
        if (SumOf(stored.Content.Span) != row.Sum)
        {
            throw Corrupt(row.Number, "it is another version than the one that is referenced");
        }

        row.ETag = stored.ETag;
        row.Bytes = stored.Content.Length;
        return content;
    }

    /// <summary>What a sealed row claims to be; nothing is checked.</summary>
    public static RowKind KindOf(ReadOnlyMemory<byte> row) => row.Length > Frame.HeaderBytes ? (RowKind)row.Span[Frame.HeaderBytes] : RowKind.Empty;

    /// <summary>The journal, as kind/key, that a sealed row claims to be of; null when it does not say. Nothing is checked.</summary>
    public static string? OwnerOf(ReadOnlyMemory<byte> row)
    {
        try
        {
            return row.Length > Frame.HeaderBytes ? new RowReader(row[(Frame.HeaderBytes + 1)..]).Text() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public Task<string> WriteAsync(long number, ReadOnlyMemory<byte> row, string? expectedETag) =>
        storage.WriteAsync(NameOf(number), row, expectedETag, CancellationToken.None);

    public CorruptStateException Corrupt(long number, string reason) => new(Journal, NameOf(number), reason);

    public StorageException Conflict(string reason, Exception? inner = null) =>
        new(ErrorCodes.JournalConflict, $"The journal {Journal} {reason}: another activation wrote.", isTransient: false, inner);

    private string NameOf(long number) => RowNames.OfRow(kind, number);
}
