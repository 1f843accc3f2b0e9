using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>Applies JSON patches as in RFC 6902: add, remove, replace, move, copy, test.</summary>
public static class JsonPatch
{
    /// <summary>Most operations of a patch.</summary>
    public const int OperationsMax = 10_000;

    /// <summary>The document after all operations; null when the last word was to remove it. Parts not named are shared.</summary>
    /// <remarks>
    /// All or nothing: the document given never changes. Values compare as in <see cref="JsonValue.Same"/>. No operation may
    /// nest a document deeper than <see cref="JsonLimits.DepthMax"/>, and what copy and move carry may not add up to more than
    /// <see cref="JsonLimits.BytesMax"/> characters (both of <see cref="JsonLimits.Default"/>): a short patch that copies a
    /// document into itself repeatedly would otherwise grow exponentially.
    /// </remarks>
    /// <param name="document">The document before; null means absent, to which only adding at the root applies.</param>
    /// <param name="patch">An array of operations.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PatchFailed"/>; details: <c>reason</c>, and <c>index</c> of the operation
    /// unless the patch as a whole is at fault.</exception>
    public static JsonValue? Apply(JsonValue? document, JsonValue patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if (patch is not JsonArray operations)
        {
            throw PatchOperation.Failed(null, "it is not an array");
        }

        if (operations.Count > OperationsMax)
        {
            throw PatchOperation.Failed(null, $"it has more than {OperationsMax} operations");
        }

        long charsLeft = JsonLimits.Default.BytesMax;
        for (var i = 0; i < operations.Count; i++)
        {
            document = Apply(document, PatchOperation.Read(operations[i], i), ref charsLeft);
        }

        return document;
    }

    private static JsonValue? Apply(JsonValue? document, PatchOperation operation, ref long charsLeft)
    {
        var editor = new PatchEditor(operation);
        var path = operation.Path.AsSpan();
        switch (operation.Name)
        {
            case "add":
                RequireDepth(operation, operation.Value!);
                return editor.Add(document, path, operation.Value!);
            case "remove":
                return editor.Remove(document, path);
            case "replace":
                RequireDepth(operation, operation.Value!);
                return editor.Replace(document, path, operation.Value!);
            case "test":
                return JsonValue.Same(editor.Find(document, path), operation.Value)
                    ? document
                    : throw operation.Failed("the value differs from the one tested for");
            default:
                return Carry(document, operation, editor, ref charsLeft);
        }
    }

    private static JsonValue? Carry(JsonValue? document, PatchOperation operation, PatchEditor editor, ref long charsLeft)
    {
        var from = operation.From.AsSpan();
        var path = operation.Path.AsSpan();
        var value = editor.Find(document, from);
        RequireFit(operation, value, ref charsLeft);
        if (operation.Name == "copy")
        {
            return editor.Add(document, path, value);
        }

        if (from.Length < path.Length && path[..from.Length].SequenceEqual(from))
        {
            throw operation.Failed("a value cannot be moved into itself");
        }

        return from.SequenceEqual(path) ? document : editor.Add(editor.Remove(document, from), path, value);
    }

    // A value from the patch itself is bounded by the patch's own size, so only its depth matters.
    private static void RequireDepth(PatchOperation operation, JsonValue value)
    {
        var unlimited = long.MaxValue;
        RequireFit(operation, value, ref unlimited);
    }

    private static void RequireFit(PatchOperation operation, JsonValue value, ref long charsLeft)
    {
        if (!JsonMeasure.Fits(value, JsonLimits.Default.DepthMax - operation.Path.Length, ref charsLeft))
        {
            throw operation.Failed(charsLeft < 0
                ? "copied and moved values are too large"
                : $"the document would be nested deeper than {JsonLimits.Default.DepthMax} levels");
        }
    }
}
