using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>What stands for a definition of a schedule: its incarnation and revision, and the epoch of the deployment.</summary>
/// <remarks>
/// After an import the revisions go on as they did in the original, where the same number may stand for something else. So a tag
/// of another epoch stands for nothing here. The first epoch is not written.
/// </remarks>
/// <param name="Incarnation">The life of the schedule.</param>
/// <param name="Revision">The revision of its definition.</param>
/// <param name="Epoch">The epoch of the deployment.</param>
internal sealed record ScheduleTag(string Incarnation, long Revision, long Epoch)
{
    private const string Header = "If-Match";
    private const int IncarnationDigits = 8;

    /// <summary>The tag of a schedule.</summary>
    public static ScheduleTag Of(ScheduleDetail detail, long epoch) => new(detail.Incarnation, detail.Revision, epoch);

    /// <summary>The tag that a change demands; null when it demands none.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    public static ScheduleTag? Parse(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count == 0)
        {
            return null;
        }

        return (EntityTag.Inner(headers.IfMatch) ?? "").Split('-') is [{ Length: IncarnationDigits } incarnation, var number, .. { Length: <= 1 } rest]
            && incarnation.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0
            && Number(number) is { } revision
            && (rest is [var last] ? Number(last) : 1) is { } epoch
            ? new ScheduleTag(incarnation, revision, epoch)
            : throw Fault.Invalid(Header, $"{Header} holds one entity tag as an answer gave it, such as \"0a1b2c3d-1\".");
    }

    /// <summary>As an answer has it, without the quotes.</summary>
    public override string ToString() => Epoch == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Incarnation}-{Revision}")
        : string.Create(CultureInfo.InvariantCulture, $"{Incarnation}-{Revision}-{Epoch}");

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
