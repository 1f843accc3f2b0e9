namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Reads the content of a row piece by piece. What does not fit throws <see cref="InvalidDataException"/>.</summary>
internal sealed class RowReader(ReadOnlyMemory<byte> content)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlyMemory<byte> Rest { get; private set; } = content;

    public byte Byte() => Take(1).Span[0];

    public long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw new InvalidDataException("a number is too long");
    }

    /// <summary>A number of things that follow, each of at least one byte.</summary>
    public int Count() => Number() is var count && count >= 0 && count <= Rest.Length
        ? (int)count
        : throw new InvalidDataException($"a count of {count} exceeds the row");

    public ReadOnlyMemory<byte> Bytes() => Take(Count());

    public string Text() => System.Text.Encoding.UTF8.GetString(Bytes().Span);

    public StoredRow Reference()
    {
        var row = new StoredRow { Number = Number(), Sum = checked((uint)Number()) };
        return row.Number > 0 ? row : throw new InvalidDataException($"{row.Number} is no row");
    }

    public void End()
    {
        if (!Rest.IsEmpty)
        {
            throw new InvalidDataException($"{Rest.Length} bytes follow its end");
        }
    }

    private ReadOnlyMemory<byte> Take(int bytes)
    {
        if (bytes > Rest.Length)
        {
            throw new InvalidDataException("it ends too early");
        }

        ReadOnlyMemory<byte> taken = Rest[..bytes];
        Rest = Rest[bytes..];
        return taken;
    }
}
