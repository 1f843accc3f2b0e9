using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Tidy.PublicSurface;

/// <summary>Writes what an assembly offers to others, one line for each type and member.</summary>
/// <remarks>Left out: what a compiler adds to every record, and what an override does not change.</remarks>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The lines in ordinal order.</summary>
    public static ImmutableArray<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string name = ApiText.OwnName(type);
        yield return $"{name} {ApiText.Declaration(type)}";
        if (type.GetCustomAttribute<ActorAttribute>(inherit: false) is { } actor)
        {
            yield return $"{name} \"{actor.Kind}\" is its kind of actor";
        }

        foreach (var row in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
        {
            yield return $"{name} \"{row.TypeDiscriminator}\" is {ApiText.OwnName(row.DerivedType)}";
        }

        foreach (var member in type.GetMembers(Declared))
        {
            if (ApiText.Member(member) is { } text)
            {
                yield return $"{name}.{text}";
            }
        }
    }
}
