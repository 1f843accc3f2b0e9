using Microsoft.Extensions.Primitives;
using OrleansScheduler.Documents;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Entity tags: one strong tag, in quotes.</summary>
internal static class EntityTag
{
    /// <summary>The tag as a header has it.</summary>
    public static string Format(string tag) => $"\"{tag}\"";

    /// <summary>The hash that a header asks for; null when the request does not have the header.</summary>
    /// <param name="header">Its name.</param>
    /// <param name="values">Its values.</param>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c> for several tags, weak ones and foreign ones.</exception>
    public static ContentHash? Parse(string header, StringValues values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        return Inner(values) is { } inner && ContentHash.TryParse(inner, out var hash)
            ? hash
            : throw Fault.Invalid(header, $"{header} holds one entity tag as an answer gave it: 32 hexadecimal digits in quotes.");
    }

    /// <summary>What stands between the quotes; null for several tags and weak ones.</summary>
    public static string? Inner(StringValues values) =>
        (values.Count == 1 ? values[0]!.Trim() : "") is ['"', .. var inner, '"'] ? inner : null;
}
