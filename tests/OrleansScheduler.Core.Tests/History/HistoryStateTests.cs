using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.History;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.History;

public sealed class HistoryStateTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_is_kept_once()
    {
        var state = new HistoryState();
        ScheduleRun run = Ended("a", 1, 10);
        state.Apply(new HistoryEntry.Recorded([run]));

        Assert.Empty(state.News([run]));
        Assert.Equal(run, state.Find(run.Run));
        state.Apply(new HistoryEntry.Recorded([run]));
        Assert.Equal(1, state.Count);
    }

    [Fact]
    public void Pages_through_a_random_history_give_every_run_once_newest_first_whatever_was_stored_between() => Seeded.Rounds(60, random =>
    {
        var state = new HistoryState();
        var stored = new Dictionary<string, byte[]>();
        List<ScheduleRun> model = [];
        for (int step = 0; step < 30; step++)
        {
            ImmutableArray<ScheduleRun> runs =
                [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Ended($"s{random.Next(4)}", model.Count + random.Next(1_000_000), random.Next(500)))];
            runs = [.. runs.DistinctBy(run => run.Run).Where(run => model.All(known => known.Run != run.Run))];
            model.AddRange(runs);
            if (!runs.IsEmpty)
            {
                state.Apply(new HistoryEntry.Recorded(runs));
            }

            if (random.Next(4) == 0)
            {
                state.WriteChangedPages((name, content) => stored[name] = content!);
                state = new HistoryState();
                foreach ((string name, byte[] content) in stored.OrderBy(_ => random.Next()))
                {
                    state.ReadPage(name, content);
                }

                state.PagesRead();
            }
        }

        ScheduleId? only = random.Next(2) == 0 ? ScheduleId.Of("owner", "s1") : null;
        RunStatus? status = random.Next(2) == 0 ? RunStatus.Failed : null;
        List<ScheduleRun> seen = [];
        HistoryCursor? before = null;
        for (bool more = true; more;)
        {
            HistoryPage page = state.List(new HistoryQuery(only, status, before, random.Next(1, 50)));
            seen.AddRange(page.Runs);
            more = page.HasMore;
            before = page.Runs is [.., var last] ? new HistoryCursor(last.EndedAt!.Value, last.Run) : before;
        }

        Assert.Equal(
            model.Where(run => (only is null || run.Run.Schedule == only) && (status is null || run.Status == status))
                .OrderByDescending(run => run.EndedAt).ThenByDescending(run => run.Run.ToString(), StringComparer.Ordinal),
            seen);
    });

    [Fact]
    public void What_was_cleared_leaves_no_page()
    {
        var state = new HistoryState();
        state.Apply(new HistoryEntry.Recorded([.. Enumerable.Range(1, 500).Select(number => Ended("a", number, number))]));
        List<string> written = [];
        state.WriteChangedPages((name, _) => written.Add(name));

        state.Apply(new HistoryEntry.Cleared());
        List<string> removed = [];
        state.WriteChangedPages((name, content) => removed.AddRange(content is null ? [name] : []));

        Assert.Equal(["0", "1", "2"], written);
        Assert.Equal(written, removed);
        Assert.Empty(state.List(new HistoryQuery()).Runs);
    }

    [Fact]
    public void What_was_cleared_in_steps_is_what_a_load_does_not_find_after_each_of_them()
    {
        var state = new HistoryState();
        var stored = new Dictionary<string, byte[]>();
        state.Apply(new HistoryEntry.Recorded([.. Enumerable.Range(1, 4_321).Select(number => Ended("a", number, number))]));
        for (int left = state.Count; state.Count > 0; left = state.Count)
        {
            if (left < 4_321)
            {
                state.Apply(new HistoryEntry.Cleared(state.ClearedAtOnce));
                Assert.InRange(left - state.Count, 1, 2_000);
            }
            else
            {
                state.Apply(new HistoryEntry.Cleared(1));
            }

            state.WriteChangedPages((name, content) =>
            {
                stored.Remove(name);
                if (content is not null)
                {
                    stored.Add(name, content);
                }
            });
            var loaded = new HistoryState();
            foreach ((string name, byte[] content) in stored)
            {
                loaded.ReadPage(name, content);
            }

            loaded.PagesRead();
            Assert.Equal(state.Count, loaded.Count);
            Assert.Equal(state.List(new HistoryQuery()).Runs, loaded.List(new HistoryQuery()).Runs);
        }

        Assert.Empty(stored);
    }

    private static ScheduleRun Ended(string schedule, long number, int second) => new(
        RunId.Of(ScheduleId.Of("owner", schedule), "0000000a", number),
        OccurrenceOrigin.Nominal,
        Day.AddSeconds(second),
        null,
        number % 3 == 0 ? RunStatus.Failed : RunStatus.Completed,
        Day.AddSeconds(second),
        null,
        Day.AddSeconds(second),
        Day.AddSeconds(second));
}
