using System.Globalization;

namespace OrleansScheduler.Documents;

/// <summary>Finds and changes the places that the pointers of one patch operation name.</summary>
/// <param name="operation">Named by every failure.</param>
internal readonly struct PatchEditor(PatchOperation operation)
{
    /// <summary>The value at that pointer; fails when there is none.</summary>
    public JsonValue Find(JsonValue? root, ReadOnlySpan<string> pointer)
    {
        var value = root ?? throw operation.Failed("there is no document");
        foreach (var token in pointer)
        {
            value = value switch
            {
                JsonObject node => node[token] ?? throw operation.Failed($"there is no key \"{token}\""),
                JsonArray node => node[ItemIndex(node, token)],
                _ => throw operation.Failed($"\"{token}\" leads into a scalar"),
            };
        }

        return value;
    }

    /// <summary>Sets a key, inserts an item, or replaces the root; the parent must exist.</summary>
    public JsonValue Add(JsonValue? node, ReadOnlySpan<string> pointer, JsonValue value)
    {
        if (pointer.IsEmpty)
        {
            return value;
        }

        if (pointer.Length == 1 && node is JsonObject target)
        {
            return target.With(pointer[0], value);
        }

        if (pointer.Length == 1 && node is JsonArray list)
        {
            return list.Insert(pointer[0] == "-" ? list.Count : Index(pointer[0], list.Count), value);
        }

        var child = Find(node, pointer[..1]);
        return WithChild(node!, pointer[0], Add(child, pointer[1..], value));
    }

    /// <summary>Puts another value where one is.</summary>
    public JsonValue Replace(JsonValue? node, ReadOnlySpan<string> pointer, JsonValue value)
    {
        var present = Find(node, pointer.IsEmpty ? pointer : pointer[..1]);
        return pointer.IsEmpty ? value : WithChild(node!, pointer[0], Replace(present, pointer[1..], value));
    }

    /// <summary>Takes away what is there; the root leaves nothing.</summary>
    public JsonValue? Remove(JsonValue? node, ReadOnlySpan<string> pointer)
    {
        if (pointer.Length <= 1)
        {
            _ = Find(node, pointer);
            return pointer.IsEmpty ? null : WithoutChild(node!, pointer[0]);
        }

        var child = Find(node, pointer[..1]);
        return WithChild(node!, pointer[0], Remove(child, pointer[1..])!);
    }

    private JsonValue WithChild(JsonValue node, string token, JsonValue child) =>
        node is JsonObject target ? target.With(token, child) : ((JsonArray)node).With(ItemIndex((JsonArray)node, token), child);

    private JsonValue WithoutChild(JsonValue node, string token) =>
        node is JsonObject target ? target.Without(token) : ((JsonArray)node).Without(ItemIndex((JsonArray)node, token));

    private int ItemIndex(JsonArray list, string token) => Index(token, list.Count - 1);

    private int Index(string token, int max)
    {
        if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || (token.Length > 1 && token[0] == '0'))
        {
            throw operation.Failed($"\"{token}\" is no index of an array");
        }

        return index <= max ? index : throw operation.Failed($"the index {index} is beyond the end of the array");
    }
}
