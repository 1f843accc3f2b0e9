using System.Text.RegularExpressions;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Definitions.Tests.Schemas;

/// <summary>Validates against as much of JSON Schema as the published schema uses; a keyword that it does not know is an error of the test.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly string[] Remarks = ["$schema", "$id", "$defs", "title", "description", "default"];

    /// <summary>The path of the first value that does not fit, with the keyword; null when all fit.</summary>
    public string? Fault(JsonValue value) => Fault(root, value, "");

    private string? Fault(JsonValue schema, JsonValue value, string path)
    {
        if (schema is JsonBoolean all)
        {
            return all.Value ? null : $"{path}: nothing is allowed here";
        }

        foreach (var (keyword, rule) in ((JsonObject)schema).Select(pair => (pair.Key, pair.Value)).Where(pair => !Remarks.Contains(pair.Key)))
        {
            if (Fault(keyword, rule, (JsonObject)schema, value, path) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Fault(string keyword, JsonValue rule, JsonObject schema, JsonValue value, string path)
    {
        bool Fits(JsonValue other) => Fault(other, value, path) is null;
        bool fits = keyword switch
        {
            "$ref" => Fits(Resolve(rule.AsText())),
            "type" => (rule is JsonArray types ? types.Items.Select(type => type.AsText()) : [rule.AsText()]).Any(type => IsOf(type, value)),
            "enum" => ((JsonArray)rule).Items.Contains(value),
            "const" => JsonValue.Same(rule, value),
            "oneOf" => ((JsonArray)rule).Items.Count(Fits) == 1,
            "anyOf" => ((JsonArray)rule).Items.Any(Fits),
            "required" => value is not JsonObject whole || ((JsonArray)rule).Items.All(name => whole[name.AsText()] is not null),
            "minLength" => value is not JsonString text || text.Text.Length >= rule.AsInt64(),
            "maxLength" => value is not JsonString text || text.Text.Length <= rule.AsInt64(),
            "pattern" => value is not JsonString text || Regex.IsMatch(text.Text, rule.AsText()),
            "minimum" => value is not JsonNumber number || number.AsDecimal() >= rule.AsDecimal(),
            "maximum" => value is not JsonNumber number || number.AsDecimal() <= rule.AsDecimal(),
            "maxItems" => value is not JsonArray list || list.Items.Length <= rule.AsInt64(),
            "maxProperties" => value is not JsonObject many || many.Count <= rule.AsInt64(),
            "properties" or "additionalProperties" or "propertyNames" or "items" => true,
            _ => throw new NotSupportedException($"The schema uses '{keyword}'."),
        };
        return fits ? Nested(keyword, rule, schema, value, path) : $"{path}: {keyword} {rule}";
    }

    private string? Nested(string keyword, JsonValue rule, JsonObject schema, JsonValue value, string path)
    {
        var members = value as JsonObject ?? JsonObject.Empty;
        var known = schema["properties"] as JsonObject ?? JsonObject.Empty;
        return (keyword switch
        {
            "properties" => members.Where(member => known[member.Key] is not null).Select(member => Fault(known[member.Key]!, member.Value, $"{path}/{member.Key}")),
            "additionalProperties" => members.Where(member => known[member.Key] is null).Select(member => Fault(rule, member.Value, $"{path}/{member.Key}")),
            "propertyNames" => members.Select(member => Fault(rule, member.Key, $"{path}/{member.Key}")),
            "items" when value is JsonArray list => list.Items.Select((item, index) => Fault(rule, item, $"{path}/{index}")),
            _ => [],
        }).FirstOrDefault(fault => fault is not null);
    }

    private JsonValue Resolve(string reference) => root.At(JsonPath.Parse(reference[1..]))!;

    private static bool IsOf(string type, JsonValue value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonString,
        "integer" => value is JsonNumber number && number.TryGetInt64(out _),
        "null" => value is JsonNull,
        _ => throw new NotSupportedException($"The schema uses the type '{type}'."),
    };
}
