using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>What stands for a definition of a schedule: its incarnation and revision.</summary>
/// <param name="Incarnation">The life of the schedule.</param>
/// <param name="Revision">The revision of its definition.</param>
internal sealed record ScheduleTag(string Incarnation, long Revision)
{
    private const string Header = "If-Match";
    private const int IncarnationDigits = 8;

    /// <summary>The tag of a schedule.</summary>
    public static ScheduleTag Of(ScheduleDetail detail) => new(detail.Incarnation, detail.Revision);

    /// <summary>The tag that a change demands; null when it demands none.</summary>
    /// <exception cref="Errors.SchedulerException"><c>request_invalid</c>.</exception>
    public static ScheduleTag? Parse(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count == 0)
        {
            return null;
        }

        var inner = EntityTag.Inner(headers.IfMatch) ?? "";
        return inner.IndexOf('-', StringComparison.Ordinal) is IncarnationDigits
            && inner.AsSpan(0, IncarnationDigits).IndexOfAnyExcept("0123456789abcdef") < 0
            && long.TryParse(inner.AsSpan(IncarnationDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? new ScheduleTag(inner[..IncarnationDigits], revision)
            : throw Fault.Invalid(Header, $"{Header} holds one entity tag as an answer gave it, such as \"0a1b2c3d-1\".");
    }

    /// <summary>As an answer has it, without the quotes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Incarnation}-{Revision}");
}
