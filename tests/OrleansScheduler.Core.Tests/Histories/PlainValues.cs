using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using PatchOperation = OrleansScheduler.Spaces.PatchOperation;

namespace OrleansScheduler.Core.Tests.Histories;

/// <summary>A second, slow definition of what values are equal and what operations do: without hashes, indexes and shared branches.</summary>
internal static class PlainValues
{
    /// <summary>One text for all equal values. Numbers of the small alphabet of <see cref="RandomTrees"/> only.</summary>
    public static string Text(JsonValue? value) => value switch
    {
        null => "absent",
        JsonNumber number => number.AsDecimal().ToString("0.##########", CultureInfo.InvariantCulture),
        JsonArray items => "[" + string.Join(",", items.Items.Select(Text)) + "]",
        JsonObject members => "{" + string.Join(",", members.Select(pair => $"\"{pair.Key}\":{Text(pair.Value)}")) + "}",
        _ => value.ToString(),
    };

    /// <summary>Whether two roots show a reader of that address and depth the same.</summary>
    public static bool LookSame(JsonValue before, JsonValue after, Address address, ReadDepth depth) =>
        depth == ReadDepth.Deep ? AreEqual(At(before, address), At(after, address)) : HaveOneShape(At(before, address), At(after, address));

    public static bool AreEqual(JsonValue? one, JsonValue? other) => ReferenceEquals(one, other) || (one, other) switch
    {
        (JsonNumber a, JsonNumber b) => a.AsDecimal() == b.AsDecimal(),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(pair => AreEqual(pair.Value, b[pair.Key])),
        _ => one is not null && other is not null && one.Kind == other.Kind && one.ToString() == other.ToString(),
    };

    public static bool HaveOneShape(JsonValue? one, JsonValue? other) => (one, other) switch
    {
        (JsonArray a, JsonArray b) => a.Count == b.Count,
        (JsonObject a, JsonObject b) => a.Keys.SequenceEqual(b.Keys),
        _ => AreEqual(one, other),
    };

    public static JsonValue? At(JsonValue root, Address address)
    {
        JsonValue? value = root;
        foreach (PathStep step in address.FromRoot.Steps)
        {
            value = value switch
            {
                JsonObject members when step.IsKey => members[step.Key],
                JsonArray items when !step.IsKey && step.Index < items.Count => items[step.Index],
                _ => null,
            };
        }

        return value;
    }

    /// <summary>The documents after an operation; null when it does not apply.</summary>
    public static JsonObject? After(JsonObject root, Operation operation)
    {
        switch (operation)
        {
            case SetOperation set:
                return (JsonObject?)Put(root, set.Address.FromRoot.Steps.AsSpan(), set.Value);
            case RemoveOperation remove:
                return At(root, remove.Address) is null ? root : (JsonObject?)Take(root, remove.Address.FromRoot.Steps.AsSpan());
            case PatchOperation patch:
                string document = patch.Document.ToString();
                try
                {
                    return JsonPatch.Apply(root[document], patch.Patch) is { } patched ? root.With(document, patched) : root.Without(document);
                }
                catch (Errors.SchedulerException)
                {
                    return null;
                }

            default:
                throw new InvalidOperationException($"No rule for {operation}.");
        }
    }

    private static JsonValue? Put(JsonValue? value, ReadOnlySpan<PathStep> path, JsonValue leaf)
    {
        if (path.IsEmpty)
        {
            return leaf;
        }

        PathStep step = path[0];
        bool fits = value switch
        {
            null => step.IsKey,
            JsonObject => step.IsKey,
            JsonArray items => !step.IsKey && step.Index <= items.Count,
            _ => false,
        };
        if (!fits)
        {
            return null;
        }

        JsonValue? child = value is null ? null : value.Child(step);
        return Put(child, path[1..], leaf) is not { } below ? null
            : value is JsonArray list ? list.With(step.Index, below)
            : ((JsonObject?)value ?? JsonObject.Empty).With(step.Key, below);
    }

    private static JsonValue? Take(JsonValue value, ReadOnlySpan<PathStep> path)
    {
        if (path.IsEmpty)
        {
            return null;
        }

        PathStep step = path[0];
        JsonValue? below = Take(value.Child(step)!, path[1..]);
        return value is JsonArray items
            ? below is null ? items.Without(step.Index) : items.With(step.Index, below)
            : below is null ? ((JsonObject)value).Without(step.Key) : ((JsonObject)value).With(step.Key, below);
    }
}
