using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>Writes a value as its text form, and reads it back; also as a dictionary key.</summary>
/// <remarks>
/// The serializer lets the <see cref="Errors.SchedulerException"/> of the type's own parser pass unwrapped, so its code
/// reaches the caller. A token that is no string is a <see cref="JsonException"/>, as for every other type.
/// </remarks>
/// <typeparam name="T">A type whose <c>ToString</c> gives the text that its parser accepts.</typeparam>
public sealed class TextConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString() ?? throw new JsonException("A text is expected, not null."), null);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Parse(reader.GetString()!, null);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}
