using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients ask of the history, page by page, while it changes.</summary>
internal sealed class HistoryRequests(World world, string schedule)
{
    /// <summary>Everything that was there at the beginning comes once, newest first, as it was stored.</summary>
    public async Task ListAsync(Client client, int limit)
    {
        var id = ScheduleId.Parse(schedule);
        RunAccount[] before = [.. world.Ledger.Runs.Values.Where(run => run.Recorded > 0 && run.Run.Schedule == id)];
        HashSet<RunId> shown = [];
        foreach (DateOnly day in before.Select(run => DateOnly.FromDateTime(run.EndedAt.UtcDateTime)).Distinct().OrderDescending())
        {
            await ListAsync(client, HistoryShard.KeyOf(id, day), new HistoryQuery(id, Limit: limit), shown);
        }

        if (!world.IsOvertaken && Array.Find(before, run => !shown.Contains(run.Run)) is { } hidden)
        {
            world.Fail("history", $"{hidden.Run} was recorded and is not listed.");
        }
    }

    private async Task ListAsync(Client client, string key, HistoryQuery query, HashSet<RunId> shown)
    {
        HistoryPage page;
        do
        {
            page = await client.CallAsync(directory => directory.Get<IHistory>(key).ListAsync(query, CancellationToken.None));
            foreach (ScheduleRun run in page.Runs)
            {
                Check(run, query.Before, shown);
                query = query with { Before = new HistoryCursor(run.EndedAt!.Value, run.Run) };
            }

            if (page.HasMore && page.Runs.IsEmpty)
            {
                world.Fail("history", $"{key} says that there is more and shows nothing.");
                return;
            }
        }
        while (page.HasMore);
    }

    private void Check(ScheduleRun run, HistoryCursor? before, HashSet<RunId> shown)
    {
        if (!shown.Add(run.Run) || run.EndedAt > before?.EndedAt)
        {
            world.Fail("history", $"{run.Run} is listed twice, or after {before?.Run} although it ended later.");
        }

        if (world.Ledger.Runs.GetValueOrDefault(run.Run.ToString()) is not { Recorded: > 0 } known || known.Status != run.Status || known.EndedAt != run.EndedAt)
        {
            world.Fail("history", $"{run.Run} is listed as {run.Status}, which is not what was stored.");
        }
    }
}
