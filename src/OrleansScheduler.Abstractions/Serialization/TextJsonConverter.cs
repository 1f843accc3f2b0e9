using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Serialization;

/// <summary>Writes an id as its text form, also as the key of an object.</summary>
/// <typeparam name="T">An id.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parse(reader.GetString()!)
            : throw new JsonException($"Expected a text for {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);

    // The serializer adds the path to a JsonException; the code of the cause stays reachable as its inner exception.
    private static T Parse(string text)
    {
        try
        {
            return T.Parse(text, null);
        }
        catch (SchedulerException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }
}
