using OrleansScheduler.History;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Runs;

/// <summary>Puts pages of runs together: from the schedule itself, and from the histories of the last days.</summary>
internal static class RunLister
{
    private static readonly Comparer<ScheduleRun> OldestFirst = Comparer<ScheduleRun>.Create((one, other) =>
        DateTimeOffset.Compare(one.EndedAt!.Value, other.EndedAt!.Value) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Run.ToString(), other.Run.ToString()));

    /// <summary>The page that a query asks for.</summary>
    public static async Task<RunPage> ListAsync(ApiRequest request, RunQuery query)
    {
        ScheduleRun[] known = query.WantsOpen
            ? [.. await request.Actor<ISchedule>(query.Schedule!.Value.ToString()).ListRunsAsync(RunPage.RunsMax, request.Patience())]
            : [];
        var open = OpenOf(known, query);
        if (open.Length > query.Limit)
        {
            return new RunPage([.. open.Take(query.Limit)], $"{new RunCursor(open[query.Limit - 1].Run.Number, null)}");
        }

        var room = query.Limit - open.Length;
        var ended = query.WantsEnded ? await EndedAsync(request, query, known, room + 1) : [];
        var shown = ended.Take(room).ToArray();
        return new RunPage([.. open, .. shown], NextOf(query, open, shown, ended.Count > room));
    }

    private static ScheduleRun[] OpenOf(IEnumerable<ScheduleRun> known, RunQuery query) =>
    [
        .. known
            .Where(run => run.EndedAt is null
                && (query.Status is not { } status || run.Status == status)
                && (query.Cursor?.Open is not { } last || run.Run.Number < last))
            .OrderByDescending(run => run.Run.Number),
    ];

    // A page that is full of open runs says that the ended ones come next by the place before all of them.
    private static string? NextOf(RunQuery query, ScheduleRun[] open, ScheduleRun[] shown, bool hasMore) => (hasMore, shown, open) switch
    {
        (false, _, _) => null,
        (_, [.., var last], _) => $"{new RunCursor(null, new HistoryCursor(last.EndedAt!.Value, last.Run))}",
        (_, _, [.., var last]) => $"{new RunCursor(last.Run.Number, null)}",
        _ => throw new InvalidOperationException($"A page of {query.Limit} runs shows none and has more."),
    };

    // What a schedule has just ended is on its way to the history: a run is looked for in both, and taken once.
    private static async Task<List<ScheduleRun>> EndedAsync(ApiRequest request, RunQuery query, ScheduleRun[] known, int count)
    {
        var found = known.Where(query.IsMeant).ToDictionary(run => run.Run);
        var fromHistory = 0;
        foreach (var day in query.Days())
        {
            foreach (var run in await OfDayAsync(request, query, day, count))
            {
                found.TryAdd(run.Run, run);
                fromHistory++;
            }

            if (fromHistory >= count)
            {
                break;
            }
        }

        return [.. found.Values.OrderDescending(OldestFirst).Take(count)];
    }

    private static async Task<IEnumerable<ScheduleRun>> OfDayAsync(ApiRequest request, RunQuery query, DateOnly day, int count)
    {
        string[] keys = query.Schedule is { } schedule
            ? [HistoryShard.KeyOf(schedule, day)]
            : [.. Enumerable.Range(0, HistoryShard.Count).Select(shard => HistoryShard.KeyOf(ApiRequest.Owner, day, shard))];
        var wanted = new HistoryQuery(query.Schedule, query.Status, query.Before, count);
        var pages = await Task.WhenAll(keys.Select(key => request.Actor<IHistory>(key).ListAsync(wanted, request.Patience())));
        return pages.SelectMany(page => page.Runs).Where(query.IsMeant);
    }
}
