using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>Reads and writes JSON values inside contracts, under <see cref="JsonLimits.Default"/>.</summary>
/// <remarks>
/// JSON null becomes <see cref="JsonNull.Instance"/>, and a missing property stays a null reference. The other way round a
/// null reference is written as JSON null, so a contract in which absent differs from null marks the property with
/// <see cref="JsonIgnoreCondition.WhenWritingNull"/>. Syntax faults surface as <see cref="JsonException"/>, as in the rest of
/// the payload; exceeded limits, duplicate keys and invalid Unicode as <see cref="Errors.SchedulerException"/>, which the
/// serializer lets pass unwrapped. The serializer's own <see cref="JsonSerializerOptions.MaxDepth"/> (64 by default) counts
/// the contract around the value too and reports with a <see cref="JsonException"/>.
/// </remarks>
public sealed class JsonValueConverter : JsonConverter<JsonValue>
{
    /// <summary>True: JSON null is a value here.</summary>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override JsonValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonTreeReader.Read(ref reader, JsonLimits.Default);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (value ?? JsonNull.Instance).WriteTo(writer);
    }
}
