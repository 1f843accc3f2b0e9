using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>Holds JSON against the schemas of an OpenAPI document, with the keywords that the document uses.</summary>
/// <remarks>Stricter than the standard: a field that a record does not list is a fault, because our answers have no others.</remarks>
internal static class SchemaCheck
{
    /// <summary>What does not fit, each with its place; empty when all does.</summary>
    public static List<string> Faults(JsonElement document, JsonElement schema, JsonElement value, string place = "$")
    {
        var faults = new List<string>();
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Faults(document, Find(document, reference.GetString()!), value, place);
        }

        if (schema.TryGetProperty("oneOf", out var kinds))
        {
            var tried = kinds.EnumerateArray().Select(kind => Faults(document, kind, value, place)).ToArray();
            return tried.Count(found => found.Count == 0) == 1 ? [] : [$"{place} fits not exactly one kind: {string.Join("; ", tried.SelectMany(found => found))}"];
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(type.GetString()!, value))
        {
            return [$"{place} is {value.ValueKind}, not {type}"];
        }

        if (schema.TryGetProperty("enum", out var texts) && texts.EnumerateArray().All(text => text.GetString() != value.GetString()))
        {
            faults.Add($"{place} is '{value}', none of {texts}");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
        {
            faults.Add($"{place} is '{value}', not {pattern}");
        }

        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && !value.TryGetDateTimeOffset(out _))
        {
            faults.Add($"{place} is '{value}', no instant");
        }

        faults.AddRange(value.ValueKind switch
        {
            JsonValueKind.Object when schema.TryGetProperty("properties", out _) => OfRecord(document, schema, value, place),
            JsonValueKind.Object when schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object =>
                value.EnumerateObject().SelectMany(member => Faults(document, each, member.Value, $"{place}.{member.Name}")),
            JsonValueKind.Array when schema.TryGetProperty("items", out var each) =>
                value.EnumerateArray().SelectMany((item, index) => Faults(document, each, item, $"{place}[{index}]")),
            _ => [],
        });
        return faults;
    }

    /// <summary>What a reference leads to; undefined when it leads nowhere.</summary>
    public static JsonElement Find(JsonElement document, string reference)
    {
        var place = document;
        foreach (var step in reference.Split('/')[1..])
        {
            if (!place.TryGetProperty(step, out place))
            {
                return default;
            }
        }

        return place;
    }

    private static IEnumerable<string> OfRecord(JsonElement document, JsonElement schema, JsonElement value, string place)
    {
        var fields = schema.GetProperty("properties");
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return required.Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{place} lacks {name}")
            .Concat(value.EnumerateObject().SelectMany(member => fields.TryGetProperty(member.Name, out var field)
                ? Faults(document, field, member.Value, $"{place}.{member.Name}")
                : [$"{place}.{member.Name} is not described"]));
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
