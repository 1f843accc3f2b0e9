using Microsoft.OpenApi;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>The schemas of types that are written as one text or number, and of JSON itself.</summary>
internal static class TextSchemas
{
    private const string OwnedPattern = "^[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}$";

    /// <summary>The schema; null for other types.</summary>
    public static OpenApiSchema? Of(Type type) => type switch
    {
        _ when type == typeof(string) => new OpenApiSchema { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(double) => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(DateTimeOffset) => ValueSchemas.Instant(),
        _ when type == typeof(DateOnly) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        _ when type == typeof(TimeSpan) => ValueSchemas.Length(),
        _ when type == typeof(JsonObject) => new OpenApiSchema { Type = JsonSchemaType.Object },
        _ when type.IsAssignableTo(typeof(JsonValue)) => new OpenApiSchema(),
        _ when type == typeof(ContentHash) => ValueSchemas.Text("^[0-9a-f]{32}$", "0123456789abcdef0123456789abcdef"),
        _ when type == typeof(ScheduleId) => ValueSchemas.Text(OwnedPattern, "default/nightly"),
        _ when type == typeof(SpaceId) => ValueSchemas.Text(OwnedPattern, "default/earthquakes"),
        _ when type == typeof(RunId) =>
            ValueSchemas.Text("^[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}\\.[0-9a-f]{8}\\.[0-9]+$", "default/nightly.0a1b2c3d.7"),
        _ when type == typeof(ActionId) => ValueSchemas.Text("^[^/~]{1,100}~[0-9a-f]{8}$", "total~3fa9c012"),
        _ when type == typeof(Address) || type == typeof(JsonPath) || type == typeof(DocumentId) =>
            new OpenApiSchema { Type = JsonSchemaType.String },
        _ => null,
    };
}
