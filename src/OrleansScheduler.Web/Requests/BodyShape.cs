using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansScheduler.Web.Requests;

/// <summary>Says what a contract expects at a place, in the words of JSON.</summary>
internal static class BodyShape
{
    /// <summary>What belongs at a path, such as <c>a whole number</c>.</summary>
    /// <param name="body">The contract of the whole body.</param>
    /// <param name="path">As the serializer gives it: <c>$.reads[0].depth</c>.</param>
    /// <param name="options">How it is read.</param>
    public static string Expected(Type body, string? path, JsonSerializerOptions options) => TypeAt(body, path, options) is { } type
        ? Describe(type, options)
        : "of another type";

    /// <summary>The kinds that an object at a path may be of, such as <c>op is set, remove or patch</c>.</summary>
    public static string KindsAt(Type body, string? path, JsonSerializerOptions options)
    {
        var type = TypeAt(body, path, options);
        return type is not null && options.GetTypeInfo(type).PolymorphismOptions is { } kinds
            ? $"{kinds.TypeDiscriminatorPropertyName} is {OneOf(kinds.DerivedTypes.Select(kind => $"{kind.TypeDiscriminator}"))}"
            : "its kind is missing";
    }

    private static string Describe(Type type, JsonSerializerOptions options) => type switch
    {
        { IsEnum: true } => OneOf(Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)),
        _ when type == typeof(string) => "a text",
        _ when type == typeof(long) || type == typeof(int) => "a whole number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateOnly) => "a date such as 2026-03-01",
        _ when type == typeof(DateTimeOffset) => "an instant such as 2026-03-01T12:00:00Z",
        _ => options.GetTypeInfo(type).Kind switch
        {
            JsonTypeInfoKind.Enumerable => "an array",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            _ => "a text",
        },
    };

    private static string OneOf(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    private static Type? TypeAt(Type body, string? path, JsonSerializerOptions options)
    {
        var type = body;
        foreach (var step in (path ?? "$").Split(['.', '['])[1..])
        {
            type = step.EndsWith(']') ? options.GetTypeInfo(type).ElementType : FieldOf(type, step, options);
            if (type is null)
            {
                return null;
            }

            type = Nullable.GetUnderlyingType(type) ?? type;
        }

        return type;
    }

    // Which kind an object is of is not in the path; in our contracts one field name has one type in all kinds.
    private static Type? FieldOf(Type type, string name, JsonSerializerOptions options)
    {
        var info = options.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Dictionary)
        {
            return info.ElementType;
        }

        var field = info.Properties.FirstOrDefault(field => field.Name == name);
        return field?.PropertyType ?? info.PolymorphismOptions?.DerivedTypes
            .Select(kind => options.GetTypeInfo(kind.DerivedType).Properties.FirstOrDefault(field => field.Name == name)?.PropertyType)
            .FirstOrDefault(found => found is not null);
    }
}
