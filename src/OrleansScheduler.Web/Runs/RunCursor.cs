using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Runs;

/// <summary>Where a page of runs ended: at an open run, or at a place among the ended ones.</summary>
/// <param name="Open">The number of the last open run; null when the page got to the ended ones.</param>
/// <param name="Ended">The place of the last ended run; null when the page did not get to them.</param>
internal sealed record RunCursor(long? Open, HistoryCursor? Ended)
{
    private const string Name = "cursor";

    /// <summary>The cursor of a request; null for the first page.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    public static RunCursor? Parse(RequestQuery query)
    {
        if (query.Text(Name) is not { } text)
        {
            return null;
        }

        try
        {
            return Read(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ')) ?? throw Unknown();
        }
        catch (FormatException)
        {
            throw Unknown();
        }
    }

    /// <summary>The form that clients get. They make nothing of it but the next request.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Ended is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"{ended.EndedAt.UtcTicks} {ended.Run}")
        : string.Create(CultureInfo.InvariantCulture, $"{Open}")));

    private static RunCursor? Read(string[] parts) => parts switch
    {
        [var number] when Number(number) is > 0 and var open => new RunCursor(open, null),
        [var ticks, var run] when Number(ticks) is >= 0 and var at && at <= DateTimeOffset.MaxValue.Ticks && RunId.TryParse(run, null, out var id) =>
            new RunCursor(null, new HistoryCursor(new DateTimeOffset(at, TimeSpan.Zero), id)),
        _ => null,
    };

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Errors.SchedulerException Unknown() => Fault.Invalid(Name, $"{Name} is the value of next in an answer, unchanged.");
}
