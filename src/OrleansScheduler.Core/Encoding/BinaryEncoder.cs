using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Encoding;

/// <summary>Writes the compact form of a space's entries and pages: variable-length numbers, texts with a length before them.</summary>
internal readonly struct BinaryEncoder(IBufferWriter<byte> output)
{
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Zero or more; small numbers take one byte.</summary>
    public void Number(long value)
    {
        Span<byte> span = output.GetSpan(10);
        ulong rest = (ulong)value;
        int length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        output.Advance(length);
    }

    public void Text(string value)
    {
        int bytes = System.Text.Encoding.UTF8.GetByteCount(value);
        Number(bytes);
        System.Text.Encoding.UTF8.GetBytes(value, output.GetSpan(bytes));
        output.Advance(bytes);
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Instant(DateTimeOffset value) => Number(value.UtcTicks);

    public void Hash(ContentHash value)
    {
        Span<byte> span = output.GetSpan(16);
        BinaryPrimitives.WriteUInt64LittleEndian(span, value.High);
        BinaryPrimitives.WriteUInt64LittleEndian(span[8..], value.Low);
        output.Advance(16);
    }

    public void Path(JsonPath path)
    {
        Number(path.Length);
        foreach (PathStep step in path.Steps)
        {
            Step(step);
        }
    }

    public void Step(PathStep step)
    {
        if (step.IsKey)
        {
            Byte(0);
            Text(step.Key);
        }
        else
        {
            Byte(1);
            Number(step.Index);
        }
    }

    public void Address(Address address)
    {
        Flag(address.Document is not null);
        if (address.Document is { } document)
        {
            Text(document.ToString());
            Path(address.Path);
        }
    }

    /// <summary>A JSON value, or that it is absent.</summary>
    public void OptionalJson(JsonValue? value)
    {
        if (value is null)
        {
            Byte(JsonTag.Absent);
        }
        else
        {
            Json(value);
        }
    }

    public void Json(JsonValue value)
    {
        switch (value)
        {
            case JsonBoolean boolean:
                Byte(boolean.AsBoolean() ? JsonTag.True : JsonTag.False);
                break;
            case JsonNumber number:
                Byte(JsonTag.Number);
                Text(number.Text);
                break;
            case JsonString text:
                Byte(JsonTag.Text);
                Text(text.Text);
                break;
            case JsonArray array:
                Byte(JsonTag.Array);
                Number(array.Count);
                foreach (JsonValue item in array.Items)
                {
                    Json(item);
                }

                break;
            case JsonObject members:
                Byte(JsonTag.Object);
                Number(members.Count);
                foreach ((string key, JsonValue member) in members)
                {
                    Text(key);
                    Json(member);
                }

                break;
            default:
                Byte(JsonTag.Null);
                break;
        }
    }
}
