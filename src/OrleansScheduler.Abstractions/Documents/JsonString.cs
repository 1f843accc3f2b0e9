using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>A JSON string: valid Unicode, compared unit by unit, without normalization.</summary>
[JsonConverter(typeof(JsonKindConverter<JsonString>))]
public sealed class JsonString : JsonValue
{
    private JsonString(string text) => Text = text;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.String;

    /// <summary>The text without quotes and escapes.</summary>
    public string Text { get; }

    /// <summary>The string value with that text.</summary>
    /// <param name="text">May be empty.</param>
    /// <exception cref="Errors.SchedulerException"><c>json_malformed</c> when half of a surrogate pair is alone.</exception>
    public static JsonString Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        UnicodeText.RequireValid(text);
        return new JsonString(text);
    }

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Text);
    }

    /// <summary>Trusts that the text is valid Unicode, as every decoded UTF-8 is.</summary>
    internal static JsonString OfValid(string text) => new(text);

    private protected override ContentHash ComputeHash()
    {
        var hasher = new CanonicalHasher(stackalloc byte[CanonicalHasher.BufferBytes]);
        hasher.Tag(CanonicalHasher.StringTag);
        hasher.Text(Text);
        return hasher.Finish();
    }

    private protected override bool HasSameContent(JsonValue other) =>
        string.Equals(Text, ((JsonString)other).Text, StringComparison.Ordinal);
}
