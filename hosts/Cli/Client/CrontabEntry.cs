using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Client;

/// <summary>A job of a crontab.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Schedule">The name of the schedule that it becomes.</param>
/// <param name="Description">When it is due, in words.</param>
/// <param name="Zone">The zone in which its times count.</param>
/// <param name="Next">The next occurrences.</param>
/// <param name="Command">What the shell is given.</param>
/// <param name="CommandHash">What an administrator allows.</param>
/// <param name="Notes">What is to be known about it.</param>
/// <param name="Definition">The schedule that it becomes; null when it is not told.</param>
/// <param name="User">Whom the line names as its user; null for none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CrontabEntry(
    int Line,
    string Schedule,
    string Description,
    string Zone,
    ImmutableArray<DateTimeOffset> Next,
    string Command,
    string CommandHash,
    ImmutableArray<string> Notes,
    ScheduleDefinition? Definition = null,
    string? User = null);
