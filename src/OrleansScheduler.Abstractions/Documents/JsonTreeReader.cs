using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OrleansScheduler.Documents;

/// <summary>Builds trees from JSON tokens under limits. Both parsing and the serializer's converters go through it.</summary>
internal ref struct JsonTreeReader
{
    private const int InitialSlots = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly JsonLimits _limits;

    // Children of all open containers, innermost last: one growing buffer instead of a list per container.
    private JsonValue[] _values;
    private string[] _keys;
    private int _count;
    private int _nodes;

    private JsonTreeReader(JsonLimits limits)
    {
        _limits = limits;
        _values = [];
        _keys = [];
    }

    public static JsonValue Parse(string text, JsonLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(limits);
        if (text.Length > limits.BytesMax)
        {
            throw DocumentErrors.TooLarge(limits.BytesMax, "its length in bytes", limits.BytesMax);
        }

        var lone = UnicodeText.IndexOfLoneSurrogate(text);
        if (lone >= 0)
        {
            throw DocumentErrors.Malformed(StrictUtf8.GetByteCount(text.AsSpan(0, lone)), "it contains half of a surrogate pair");
        }

        var rented = ArrayPool<byte>.Shared.Rent(StrictUtf8.GetMaxByteCount(text.Length));
        try
        {
            return Parse(rented.AsSpan(0, StrictUtf8.GetBytes(text, rented)), limits);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static JsonValue Parse(ReadOnlySpan<byte> utf8, JsonLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (utf8.Length > limits.BytesMax)
        {
            throw DocumentErrors.TooLarge(limits.BytesMax, "its length in bytes", limits.BytesMax);
        }

        // One level more than allowed, so that this class and not the token reader reports what is too deep.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.DepthMax + 1 });
        try
        {
            reader.Read();
            var value = Read(ref reader, limits);
            reader.Read();
            return value;
        }
        catch (JsonException fault)
        {
            throw DocumentErrors.Malformed(PositionOf(fault, utf8), "a token is missing, misplaced or misspelt", fault);
        }
    }

    /// <summary>Reads the value whose first token the reader stands on, and leaves the reader on its last token.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="Errors.SchedulerException">A limit is exceeded, a key comes twice or a text is not Unicode.</exception>
    public static JsonValue Read(ref Utf8JsonReader reader, JsonLimits limits)
    {
        var tree = new JsonTreeReader(limits);
        try
        {
            return tree.ReadValue(ref reader, reader.TokenStartIndex, 0);
        }
        finally
        {
            tree.ReturnBuffers();
        }
    }

    private JsonValue ReadValue(ref Utf8JsonReader reader, long start, int depth)
    {
        if (++_nodes > _limits.NodesMax)
        {
            throw DocumentErrors.TooLarge(reader.TokenStartIndex, "the number of its values", _limits.NodesMax);
        }

        if (reader.BytesConsumed - start > _limits.BytesMax)
        {
            throw DocumentErrors.TooLarge(reader.TokenStartIndex, "its length in bytes", _limits.BytesMax);
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, start, Deeper(ref reader, depth)),
            JsonTokenType.StartArray => ReadArray(ref reader, start, Deeper(ref reader, depth)),
            JsonTokenType.String => JsonString.OfValid(ReadText(ref reader)),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.True => JsonBoolean.True,
            JsonTokenType.False => JsonBoolean.False,
            JsonTokenType.Null => JsonNull.Instance,
            _ => throw DocumentErrors.Malformed(reader.TokenStartIndex, "a value is missing"),
        };
    }

    private readonly int Deeper(ref Utf8JsonReader reader, int depth) =>
        depth < _limits.DepthMax ? depth + 1 : throw DocumentErrors.TooDeep(reader.TokenStartIndex, _limits.DepthMax);

    private JsonObject ReadObject(ref Utf8JsonReader reader, long start, int depth)
    {
        var first = _count;
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            var key = ReadKey(ref reader);
            Next(ref reader);
            var value = ReadValue(ref reader, start, depth);
            Push(value);
            _keys[_count - 1] = key;
        }

        var result = JsonObject.OfValid(_keys.AsSpan(first, _count - first), _values.AsSpan(first, _count - first));
        _count = first;
        return result;
    }

    private JsonArray ReadArray(ref Utf8JsonReader reader, long start, int depth)
    {
        var first = _count;
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            Push(ReadValue(ref reader, start, depth));
        }

        var result = JsonArray.OfValid(_values.AsSpan(first, _count - first));
        _count = first;
        return result;
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw DocumentErrors.Malformed(reader.BytesConsumed, "it ends inside a value");

    private readonly string ReadKey(ref Utf8JsonReader reader)
    {
        try
        {
            var key = KeyCache.Read(ref reader);
            return key.Length <= _limits.KeyCharsMax
                ? key
                : throw DocumentErrors.TooLarge(reader.TokenStartIndex, "the length of a key", _limits.KeyCharsMax);
        }
        catch (InvalidOperationException fault)
        {
            throw DocumentErrors.Malformed(reader.TokenStartIndex, "a key is not valid Unicode", fault);
        }
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw DocumentErrors.Malformed(reader.TokenStartIndex, "a text is not valid Unicode", fault);
        }
    }

    private readonly JsonNumber ReadNumber(ref Utf8JsonReader reader)
    {
        var text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        if (text.Length > _limits.NumberCharsMax)
        {
            throw DocumentErrors.TooLarge(reader.TokenStartIndex, "the length of a number", _limits.NumberCharsMax);
        }

        return NumberText.ExponentOf(text) is not null
            ? JsonNumber.OfValid(text)
            : throw DocumentErrors.TooLarge(reader.TokenStartIndex, "the exponent of a number", NumberText.ExponentMax);
    }

    private void Push(JsonValue value)
    {
        if (_count == _values.Length)
        {
            Grow();
        }

        _values[_count++] = value;
    }

    private void Grow()
    {
        // Both pools hand out at least what is asked for; the shorter buffer counts.
        var slots = Math.Max(InitialSlots, _count * 2);
        var values = ArrayPool<JsonValue>.Shared.Rent(slots);
        var keys = ArrayPool<string>.Shared.Rent(values.Length);
        _values.AsSpan(0, _count).CopyTo(values);
        _keys.AsSpan(0, _count).CopyTo(keys);
        ReturnBuffers();
        (_values, _keys) = (values, keys);
    }

    private readonly void ReturnBuffers()
    {
        if (_values.Length > 0)
        {
            ArrayPool<JsonValue>.Shared.Return(_values, clearArray: true);
            ArrayPool<string>.Shared.Return(_keys, clearArray: true);
        }
    }

    // The token reader counts lines and bytes within a line; callers are told one offset.
    private static long PositionOf(JsonException fault, ReadOnlySpan<byte> utf8)
    {
        var start = 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return Math.Min(start + (fault.BytePositionInLine ?? 0), utf8.Length);
    }
}
