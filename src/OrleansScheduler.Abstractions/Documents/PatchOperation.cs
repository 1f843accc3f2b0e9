using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>One operation of a JSON patch, read and checked, but not yet applied.</summary>
/// <param name="Index">Its index in the patch.</param>
/// <param name="Name">The member <c>op</c>.</param>
/// <param name="Path">The tokens of the member <c>path</c>.</param>
internal sealed record PatchOperation(int Index, string Name, ImmutableArray<string> Path)
{
    /// <summary>The tokens of the member <c>from</c>; empty when the operation has none.</summary>
    public ImmutableArray<string> From { get; private init; } = [];

    /// <summary>The member <c>value</c>; null when the operation has none.</summary>
    public JsonValue? Value { get; private init; }

    /// <summary>Reads one operation; members that it does not define are ignored, as the RFC demands.</summary>
    public static PatchOperation Read(JsonValue operation, int index)
    {
        if (operation is not JsonObject members)
        {
            throw Failed(index, "an operation is not an object");
        }

        var name = TextOf(members, "op", index);
        var read = new PatchOperation(index, name, PointerOf(members, "path", index));
        return name switch
        {
            "add" or "replace" or "test" => read with { Value = members["value"] ?? throw Failed(index, "the member value is missing") },
            "move" or "copy" => read with { From = PointerOf(members, "from", index) },
            "remove" => read,
            _ => throw Failed(index, "op is none of add, remove, replace, move, copy, test"),
        };
    }

    /// <summary>The failure of the operation at that index; null when the patch as a whole is at fault.</summary>
    public static SchedulerException Failed(int? index, string reason)
    {
        var subject = index is null ? "The JSON patch" : $"Operation {index} of the JSON patch";
        var failure = new SchedulerException(ErrorCodes.PatchFailed, $"{subject} does not apply: {reason}.").With("reason", reason);
        return index is { } known ? failure.With("index", known.ToString(CultureInfo.InvariantCulture)) : failure;
    }

    /// <summary>The failure of this operation.</summary>
    public SchedulerException Failed(string reason) => Failed(Index, reason);

    private static string TextOf(JsonObject members, string name, int index) =>
        members[name] is JsonString text ? text.Text : throw Failed(index, $"the member {name} is missing or no string");

    private static ImmutableArray<string> PointerOf(JsonObject members, string name, int index) =>
        JsonPointer.TryParse(TextOf(members, name, index), out var tokens) is { } fault
            ? throw Failed(index, $"the member {name} is no JSON pointer: at {fault.Position}, {fault.Reason}")
            : tokens;
}
