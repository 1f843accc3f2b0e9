using System.Collections.Immutable;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Two activations of one actor, at every interleaving of their row operations.</summary>
public sealed class RowRaceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("load append")]
    [InlineData("load spill append")]
    [InlineData("append spill")]
    public void The_first_writers_of_a_new_key_never_both_win(string script) => Race([], script, script, 1);

    [Theory]
    [InlineData("append", "append")]
    [InlineData("spill", "append")]
    [InlineData("spill", "spill")]
    [InlineData("snapshot", "spill")]
    [InlineData("snapshot", "append")]
    [InlineData("append spill", "load spill")]
    [InlineData("snapshot", "load append")]
    public void Whoever_loses_is_told_and_destroys_nothing(string first, string second)
    {
        int runs = Race([1, 2, 3, 4, 6, 7], first, second, 50);

        Assert.True(runs > 1);
    }

    /// <summary>The loser learns of a free row after the winner wrote it and before the winner's head names it.</summary>
    [Theory]
    [InlineData("spill", "spill")]
    [InlineData("spill", "append spill")]
    [InlineData("append spill", "spill")]
    public void A_free_row_that_the_winner_has_written_is_not_overwritten_by_the_loser(string first, string second) =>
        Race([1, 2, 3, 4, 6, 7, 8, 11, 12, 13, 14, 16, 17, 18, 21], first, second, 50, freeRows: true);

    private int Race(int[] before, string first, string second, int from, bool freeRows = false)
    {
        var acknowledged = new List<ImmutableArray<int>>();
        FaultyRows start = Prepare(before, freeRows);
        int stored = before.Length;
        var interleavings = new Interleavings();
        interleavings.Explore(
            () =>
            {
                acknowledged.Clear();
                FaultyRows rows = start.Survivor();
                return (rows, [
                    Worker(before, first, from, acknowledged, Loaded(rows, before, 1)),
                    Worker(before, second, from + 20, acknowledged, Loaded(rows, before, 2))]);
            },
            rows =>
            {
                var longest = acknowledged.Append([.. before]).MaxBy(numbers => numbers.Length);
                var found = new NumberActor(rows, new Random(3)).LoadAsync(longest).GetAwaiter().GetResult();
                Assert.Equal(longest, found);
                Assert.All(acknowledged, one => Assert.Equal(one, found.Take(one.Length)));
                Assert.True(found.Length >= stored);
            });
        output.WriteLine($"{first} against {second}: {interleavings.Runs} orders");
        return interleavings.Runs;
    }

    private static Func<FaultyRows, Task> Worker(
        int[] before, string script, int from, List<ImmutableArray<int>> acknowledged, NumberActor actor) => async _ =>
    {
        int number = from;
        try
        {
            foreach (string step in script.Split(' '))
            {
                switch (step)
                {
                    case "load":
                        await actor.LoadAsync(acknowledged.Append([.. before]).MaxBy(numbers => numbers.Length));
                        continue;
                    case "snapshot":
                        await actor.SnapshotAsync();
                        continue;
                    default:
                        await actor.AppendAsync(step == "append" ? [number++] : [number++, number++, number++, number++, number++, number++, number++, number++]);
                        acknowledged.Add([.. actor.Known]);
                        continue;
                }
            }
        }
        catch (StorageException conflict)
        {
            Assert.Equal(ErrorCodes.JournalConflict, conflict.Code);
        }
    };

    // Both have loaded before either goes on; a script that loads again does so while the other one writes.
    private static NumberActor Loaded(FaultyRows rows, int[] before, int seed)
    {
        var actor = new NumberActor(rows, new Random(seed), options: NumberActor.Tiny with { RowsAtOnce = 1 });
        actor.LoadAsync(before).GetAwaiter().GetResult();
        return actor;
    }

    private static FaultyRows Prepare(int[] before, bool freeRows)
    {
        var rows = new FaultyRows();
        var actor = new NumberActor(rows, new Random(4));
        actor.LoadAsync([]).GetAwaiter().GetResult();
        for (int i = 0; i < before.Length; i++)
        {
            actor.AppendAsync(before[i]).GetAwaiter().GetResult();
            if (freeRows && i == before.Length - 2)
            {
                actor.SnapshotAsync().GetAwaiter().GetResult();
            }
        }

        return rows;
    }
}
