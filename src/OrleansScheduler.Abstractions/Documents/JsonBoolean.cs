using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>JSON true or false.</summary>
[JsonConverter(typeof(JsonKindConverter<JsonBoolean>))]
public sealed class JsonBoolean : JsonValue
{
    private JsonBoolean(bool value) => Value = value;

    /// <summary>The only instance for true.</summary>
    public static JsonBoolean True { get; } = new(true);

    /// <summary>The only instance for false.</summary>
    public static JsonBoolean False { get; } = new(false);

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Boolean;

    /// <summary>Which of the two.</summary>
    public bool Value { get; }

    /// <summary>The shared instance for that value.</summary>
    /// <param name="value">Either.</param>
    public static JsonBoolean Of(bool value) => value ? True : False;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBooleanValue(Value);
    }

    private protected override ContentHash ComputeHash() =>
        CanonicalHasher.OfTag(Value ? CanonicalHasher.TrueTag : CanonicalHasher.FalseTag);

    private protected override bool HasSameContent(JsonValue other) => Value == ((JsonBoolean)other).Value;
}
