using OrleansScheduler.Core.Tests.Histories;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>What is left after a crash behind any single row write.</summary>
public sealed class RowCrashTests
{
    private static readonly int[] History = [.. Enumerable.Range(1, 120)];

    [Fact]
    public async Task After_a_crash_behind_any_write_all_that_was_acknowledged_is_there_and_work_goes_on()
    {
        int writes = (await RunAsync(new FaultyRows(), int.MaxValue)).Rows.Writes.Count;
        Assert.True(writes > 150);
        for (int k = 1; k <= writes; k++)
        {
            var (rows, acknowledged, asked) = await RunAsync(new FaultyRows(), k);
            FaultyRows left = rows.Survivor();
            var next = new NumberActor(left, new Random(k));

            var found = await next.LoadAsync(History);

            Assert.InRange(found.Length, acknowledged, asked);
            Assert.Equal(History.Take(found.Length), found);
            await ContinueAsync(next);
            Assert.Equal(next.Known, await new NumberActor(left, new Random(0)).LoadAsync(next.Known));
        }
    }

    [Fact]
    public void Random_histories_of_crashes_zombies_and_lost_answers_keep_what_was_acknowledged() =>
        Seeded.Rounds(10_000, random => RandomRowHistory.RunAsync(random).GetAwaiter().GetResult());

    // Everything completes at once, or never: a call that did not complete is where the process died.
    private static async Task<(FaultyRows Rows, int Acknowledged, int Asked)> RunAsync(FaultyRows rows, int deathAt)
    {
        var actor = new NumberActor(rows, new Random(1));
        int landed = 0;
        rows.Decide((_, isWrite) => !isWrite || ++landed < deathAt ? Rows.RowFault.None : Rows.RowFault.Death);
        await actor.LoadAsync([]);
        int asked = 0;
        for (int step = 1; asked < History.Length; step++)
        {
            int count = Math.Min(1 + (step % 3), History.Length - asked);
            asked += count;
            Task append = actor.AppendAsync([.. History.Skip(asked - count).Take(count)]);
            if (!append.IsCompleted)
            {
                return (rows, asked - count, asked);
            }

            await append;
            Task snapshot = step % 11 == 0 ? actor.SnapshotAsync() : Task.CompletedTask;
            if (!snapshot.IsCompleted)
            {
                return (rows, asked, asked);
            }

            await snapshot;
        }

        return (rows, asked, asked);
    }

    private static async Task ContinueAsync(NumberActor actor)
    {
        for (int number = 200; number < 220; number++)
        {
            await actor.AppendAsync(number, number + 100);
            if (number % 7 == 0)
            {
                await actor.SnapshotAsync();
            }
        }
    }
}
