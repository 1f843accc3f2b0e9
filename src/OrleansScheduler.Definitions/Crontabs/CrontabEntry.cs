using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>A job of a crontab, as the schedule that it becomes.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">The line as it stands in the file.</param>
/// <param name="Schedule">The name of the schedule; the same for the same job in every reading.</param>
/// <param name="Definition">The schedule. It begins paused, because nobody has allowed its command yet.</param>
/// <param name="Description">When it is due, in words.</param>
/// <param name="Zone">The IANA name of the zone in which its times count.</param>
/// <param name="Next">The next five occurrences, in local time of the zone; none for <c>@reboot</c>.</param>
/// <param name="Command">What the shell is given.</param>
/// <param name="User">Whom the line names as its user; null in the user format.</param>
/// <param name="CommandHash">The hash of the payload, 32 hexadecimal digits: what an administrator allows.</param>
/// <param name="Notes">What is to be known about it, in whole sentences.</param>
public sealed record CrontabEntry(
    int Line,
    string Text,
    string Schedule,
    ScheduleDefinition Definition,
    string Description,
    string Zone,
    ImmutableArray<DateTimeOffset> Next,
    string Command,
    string? User,
    string CommandHash,
    ImmutableArray<string> Notes);
