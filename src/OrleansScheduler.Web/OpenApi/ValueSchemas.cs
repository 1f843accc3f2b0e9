using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrleansScheduler.Serialization;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>What single values may be.</summary>
internal static class ValueSchemas
{
    /// <summary>The form of lengths of time.</summary>
    public const string DurationPattern = "^(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?(\\d+us)?$";

    /// <summary>A text of so many characters.</summary>
    public static OpenApiSchema Text(int charsMax = 1000, int charsMin = 0) =>
        new() { Type = JsonSchemaType.String, MaxLength = charsMax, MinLength = charsMin > 0 ? charsMin : null };

    /// <summary>A text of a form.</summary>
    public static OpenApiSchema Text(string pattern, string example) =>
        new() { Type = JsonSchemaType.String, Pattern = pattern, Examples = [JsonValue.Create(example)] };

    /// <summary>A whole number.</summary>
    public static OpenApiSchema Number(long min, long? max = null, long? otherwise = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = max is <= int.MaxValue ? "int32" : "int64",
        Minimum = min.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
        Default = otherwise is { } value ? JsonValue.Create(value) : null,
    };

    /// <summary>Yes or no, no when it is missing.</summary>
    public static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) };

    /// <summary>An instant.</summary>
    public static OpenApiSchema Instant() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    /// <summary>A length of time.</summary>
    public static OpenApiSchema Length() => Text(DurationPattern, "1h30m");

    /// <summary>A length of time up to one, nothing when it is missing.</summary>
    public static OpenApiSchema Length(TimeSpan max)
    {
        var schema = Length();
        schema.Description = $"0s to {Duration.Format(max)}.";
        schema.Default = JsonValue.Create("0s");
        return schema;
    }

    /// <summary>One of some texts.</summary>
    public static OpenApiSchema OneOf(params IEnumerable<string> texts) =>
        new() { Type = JsonSchemaType.String, Enum = [.. texts.Select(text => (JsonNode)JsonValue.Create(text))] };

    /// <summary>One of the names of an enumeration.</summary>
    public static OpenApiSchema OneOf<T>()
        where T : struct, Enum => OneOf(Enum.GetValues<T>().Select(EnumText.Of));
}
