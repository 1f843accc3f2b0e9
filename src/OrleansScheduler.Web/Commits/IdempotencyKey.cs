using System.Globalization;
using Microsoft.Extensions.Primitives;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Commits;

/// <summary>The header that lets a client repeat a commit without doing it twice: <c>session:number</c>.</summary>
/// <param name="Session">Who numbers the commits, 1 to 200 characters.</param>
/// <param name="Number">The number of the commit in the session, from 1.</param>
internal sealed record IdempotencyKey(string Session, long Number)
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Idempotency-Key";

    private const int SessionCharsMax = 200;

    /// <summary>The key of a request; null when it has none.</summary>
    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    public static IdempotencyKey? Parse(StringValues values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var text = values.Count == 1 ? values[0]! : "";
        var colon = text.LastIndexOf(':');
        return colon is > 0 and <= SessionCharsMax
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new IdempotencyKey(text[..colon], number)
            : throw Fault.Invalid(
                Header, $"{Header} is the name of a session of 1 to {SessionCharsMax} characters, ':' and a number from 1, such as import-7:42.");
    }
}
