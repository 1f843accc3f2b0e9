using System.Globalization;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Texts by which people and requests are named to the actors.</summary>
internal static class Requester
{
    /// <summary>Who asks when a client does not say.</summary>
    public const string Unnamed = "api";

    private const int WhoCharsMax = 200;

    /// <summary>Who asks.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c> for an empty or too long name.</exception>
    public static string Who(string? who) => Text("who", who ?? Unnamed, WhoCharsMax);

    /// <summary>A text of 1 to so many characters.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    public static string Text(string field, string text, int charsMax) => text.Length > 0 && text.Length <= charsMax
        ? text
        : throw Fault.OutOfRange(field, "1 character", string.Create(CultureInfo.InvariantCulture, $"{charsMax} characters"));
}
