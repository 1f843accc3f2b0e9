using Microsoft.Extensions.Primitives;
using OrleansScheduler.Documents;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Content hashes as entity tags: one strong tag, in quotes.</summary>
internal static class EntityTag
{
    /// <summary>The tag of a hash.</summary>
    public static string Format(ContentHash hash) => $"\"{hash}\"";

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

        var text = values.Count == 1 ? values[0]!.Trim() : "";
        return text is ['"', .. var inner, '"'] && ContentHash.TryParse(inner, out var hash)
            ? hash
            : throw Fault.Invalid(header, $"{header} holds one entity tag as an answer gave it: 32 hexadecimal digits in quotes.");
    }
}
