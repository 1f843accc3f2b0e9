using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>JSON null: a value that is there and says nothing.</summary>
[JsonConverter(typeof(JsonKindConverter<JsonNull>))]
public sealed class JsonNull : JsonValue
{
    private JsonNull()
    {
    }

    /// <summary>The only instance.</summary>
    public static JsonNull Instance { get; } = new();

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Null;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNullValue();
    }

    private protected override ContentHash ComputeHash() => CanonicalHasher.OfTag(CanonicalHasher.NullTag);

    private protected override bool HasSameContent(JsonValue other) => true;
}
