using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary>The schedules of a crontab whose commands nobody has allowed yet, and the hashes by which they are named.</summary>
internal static class WaitingCommands
{
    private const int PagesMax = 1_000;
    private const int PageItems = 100;

    /// <summary>What waits, by name.</summary>
    /// <param name="session">The session; it is told how many do not wait.</param>
    /// <param name="crontab">The name of the set.</param>
    /// <param name="cancellation">Stops before the next page.</param>
    /// <exception cref="CliException"><c>not_found</c> when no schedule comes from it.</exception>
    public static async Task<ScheduleDetail[]> FindAsync(Session session, string crontab, CancellationToken cancellation)
    {
        List<ScheduleDetail> found = [];
        string? after = null;
        for (int page = 0; page < PagesMax; page++)
        {
            var answer = (await session.Client.ListSchedulesAsync(after, PageItems, cancellation)).Read<SchedulePage>();
            found.AddRange(answer.Schedules.Where(detail => detail.Definition.Labels?.GetValueOrDefault("crontab") == crontab));
            after = answer.Next;
            if (after is null)
            {
                break;
            }
        }

        if (found.Count == 0)
        {
            throw new CliException(ErrorCodes.NotFound, $"No schedule comes from a crontab '{crontab}'.");
        }

        ScheduleDetail[] waiting = [.. found
            .Where(detail => AllowedCommands.Waits(detail) && detail.Definition.Target.Payload is not null)
            .OrderBy(detail => detail.Schedule.Name, StringComparer.Ordinal)];
        if (waiting.Length < found.Count)
        {
            session.Tell($"{Words.Of(found.Count - waiting.Length)} of {Words.Of(found.Count)} schedules of '{crontab}' do not wait for this and are left as they are.");
        }

        return waiting;
    }

    /// <summary>The hash of the command of one schedule.</summary>
    public static string HashOf(ScheduleDetail detail) => JsonValue.HashOf(detail.Definition.Target.Payload).ToString();

    /// <summary>The hash of several schedules and their commands: another one as soon as one is added, is gone or differs.</summary>
    /// <param name="details">In any order.</param>
    public static string HashOf(IEnumerable<ScheduleDetail> details) =>
        JsonObject.FromPairs(details.Select(detail => KeyValuePair.Create(detail.Schedule.Name, (JsonValue)HashOf(detail)))).Hash.ToString();
}
