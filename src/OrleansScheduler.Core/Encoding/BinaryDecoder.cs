using System.Buffers.Binary;
using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Encoding;

/// <summary>Reads what <see cref="BinaryEncoder"/> wrote. Whatever does not fit throws; the caller names the row.</summary>
internal ref struct BinaryDecoder(ReadOnlySpan<byte> input, TextCache? texts = null)
{
    private readonly TextCache? _texts = texts;
    private ReadOnlySpan<byte> _rest = input;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new InvalidDataException($"{other} is no flag"),
    };

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
    public int Count()
    {
        long count = Number();
        return count >= 0 && count <= _rest.Length ? (int)count : throw new InvalidDataException($"a count of {count} exceeds the row");
    }

    public string Text() => _texts is null ? System.Text.Encoding.UTF8.GetString(Bytes()) : _texts.Get(Bytes());

    public ReadOnlySpan<byte> Bytes()
    {
        int count = Count();
        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public string? OptionalText() => Flag() ? Text() : null;

    public DateTimeOffset Instant() => new(Number(), TimeSpan.Zero);

    public ContentHash Hash()
    {
        var hash = new ContentHash(BinaryPrimitives.ReadUInt64LittleEndian(_rest), BinaryPrimitives.ReadUInt64LittleEndian(_rest[8..]));
        _rest = _rest[16..];
        return hash;
    }

    public JsonPath Path()
    {
        int length = Count();
        if (length == 0)
        {
            return JsonPath.Root;
        }

        var steps = ImmutableArray.CreateBuilder<PathStep>(length);
        for (int i = 0; i < length; i++)
        {
            steps.Add(Step());
        }

        return JsonPath.OfParsed(steps.MoveToImmutable());
    }

    public PathStep Step() => Flag() ? PathStep.OfIndex((int)Number()) : PathStep.OfKey(Text());

    public Address Address()
    {
        if (!Flag())
        {
            return Documents.Address.OfSpace;
        }

        DocumentId document = DocumentId.OfValid(Text());
        return Documents.Address.Of(document, Path());
    }

    public JsonValue Json() => OptionalJson() ?? throw new InvalidDataException("a value is missing");

    public JsonValue? OptionalJson()
    {
        switch (Byte())
        {
            case JsonTag.Absent:
                return null;
            case JsonTag.Null:
                return JsonNull.Instance;
            case JsonTag.False:
                return JsonBoolean.False;
            case JsonTag.True:
                return JsonBoolean.True;
            case JsonTag.Number:
                return JsonNumber.OfValid(Bytes());
            case JsonTag.Text:
                return JsonString.OfValid(Text());
            case JsonTag.Array:
                return Array();
            case JsonTag.Object:
                return Object();
            case byte other:
                throw new InvalidDataException($"{other} is no kind of value");
        }
    }

    private JsonArray Array()
    {
        var items = ImmutableArray.CreateBuilder<JsonValue>(Count());
        for (int i = items.Capacity; i > 0; i--)
        {
            items.Add(Json());
        }

        return JsonArray.FromItems(items.MoveToImmutable());
    }

    private JsonObject Object()
    {
        int count = Count();
        string[] keys = new string[count];
        var values = new JsonValue[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = Text();
            values[i] = Json();
        }

        return JsonObject.OfValid(keys, values);
    }
}
