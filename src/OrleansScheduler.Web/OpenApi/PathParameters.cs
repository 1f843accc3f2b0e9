using System.Collections.Frozen;
using Microsoft.OpenApi;
using OrleansScheduler.Permissions;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>The parts of addresses.</summary>
internal static class PathParameters
{
    private const string NamePattern = "^[A-Za-z0-9._-]{1,100}$";

    private static readonly FrozenDictionary<string, (string Description, Func<OpenApiSchema> Schema)> Known =
        new Dictionary<string, (string, Func<OpenApiSchema>)>
        {
            ["space"] = ("The name of a space.", () => ValueSchemas.Text(NamePattern, "earthquakes")),
            ["document"] = ("The id of a document.", () => ValueSchemas.Text()),
            ["action"] = ("The id of an action, or a name that one action has.", () => ValueSchemas.Text()),
            ["schedule"] = ("The name of a schedule.", () => ValueSchemas.Text(NamePattern, "nightly")),
            ["run"] = (
                "The id of a run without its owner.",
                () => ValueSchemas.Text("^[A-Za-z0-9._-]{1,100}\\.[0-9a-f]{8}\\.[0-9]+$", "nightly.0a1b2c3d.7")),
            ["kind"] = ("What the permission is for.", ValueSchemas.OneOf<PermissionKind>),
            ["value"] = (
                "The full path of a program, its slashes written %2F, or the hash of a command.", () => ValueSchemas.Text(1000, 1)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The part of that name.</summary>
    /// <exception cref="InvalidOperationException">Nobody has described it.</exception>
    public static OpenApiParameter Of(string name) => Known.TryGetValue(name, out var part)
        ? new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Path, Required = true, Description = part.Description, Schema = part.Schema(),
        }
        : throw new InvalidOperationException($"The part {{{name}}} of an address is not described.");
}
