using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Web.Documents;

/// <summary>Moves a patch that is meant for a place in a document to the whole document.</summary>
internal static class PatchScope
{
    /// <summary>The patch with the path put in front of every pointer.</summary>
    /// <param name="patch">Any value; what is no patch stays as it is, for the space to refuse with its reason.</param>
    /// <param name="path">The place that the pointers of the patch start from.</param>
    public static JsonValue Widen(JsonValue patch, JsonPath path)
    {
        if (path.IsRoot || patch is not JsonArray operations)
        {
            return patch;
        }

        var prefix = PointerOf(path);
        return JsonArray.Of([.. operations.Items.Select(operation => Widen(operation, prefix))]);
    }

    private static JsonValue Widen(JsonValue operation, string prefix) => operation is JsonObject members
        ? Widen(Widen(members, "path", prefix), "from", prefix)
        : operation;

    // A text that is no pointer must not become one by what is put in front of it.
    private static JsonObject Widen(JsonObject members, string name, string prefix) =>
        members[name] is JsonString { Text: "" or ['/', ..] } pointer ? members.With(name, prefix + pointer.Text) : members;

    private static string PointerOf(JsonPath path)
    {
        var text = new StringBuilder();
        foreach (var step in path.Steps)
        {
            text.Append('/').Append(step.IsKey
                ? step.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                : step.Index.ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
