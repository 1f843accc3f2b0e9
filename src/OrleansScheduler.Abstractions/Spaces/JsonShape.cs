using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>What a shallow read sees of a value.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Scalar">The value itself when it is no array and no object; otherwise null.</param>
/// <param name="Keys">The keys of an object in ordinal order; otherwise empty.</param>
/// <param name="Length">The number of elements of an array or keys of an object; otherwise 0.</param>
public sealed record JsonShape(JsonKind Kind, JsonValue? Scalar, ImmutableArray<string> Keys, int Length)
{
    /// <summary>The shape of a value; null for an absent one.</summary>
    public static JsonShape? Of(JsonValue? value) => value switch
    {
        null => null,
        JsonObject members => new JsonShape(JsonKind.Object, null, [.. members.Keys], members.Count),
        JsonArray items => new JsonShape(JsonKind.Array, null, [], items.Count),
        _ => new JsonShape(value.Kind, value, [], 0),
    };
}
