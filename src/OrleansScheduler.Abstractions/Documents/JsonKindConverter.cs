using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>As <see cref="JsonValueConverter"/>, for properties that admit one kind only.</summary>
/// <remarks>Another kind is a <see cref="JsonException"/>. JSON null is a null reference, except for <see cref="JsonNull"/>.</remarks>
/// <typeparam name="T">The class of the kind.</typeparam>
public sealed class JsonKindConverter<T> : JsonConverter<T>
    where T : JsonValue
{
    /// <summary>True for <see cref="JsonNull"/> only.</summary>
    public override bool HandleNull => typeof(T) == typeof(JsonNull);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonTreeReader.Read(ref reader, JsonLimits.Default);
        return value as T ?? throw new JsonException($"A JSON value of kind {value.Kind} cannot be read as {typeof(T).Name}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ((JsonValue?)value ?? JsonNull.Instance).WriteTo(writer);
    }
}
