using System.Collections.Immutable;
using OrleansScheduler.Core.Settling.Statistics;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Settling;
using Xunit;

namespace OrleansScheduler.Core.Tests.Settling;

public sealed class StatisticsTableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Runs_of_an_action_are_added_up()
    {
        var table = new StatisticsTable();
        Count(table, 0, 10);
        Count(table, 0, 40, hasFailed: true);
        Count(table, 1, 7);
        Count(table, 0, 10);

        var page = table.List(null, 10);

        Assert.Equal((4, 1, Milliseconds(67)), (page.Runs, page.Failed, page.Total));
        Assert.Equal(
            [
                new RunStatistics(Id(0), 3, 1, Milliseconds(60), Milliseconds(20), Milliseconds(40), Milliseconds(10), Noon + Milliseconds(10)),
                new RunStatistics(Id(1), 1, 0, Milliseconds(7), Milliseconds(7), Milliseconds(7), Milliseconds(7), Noon + Milliseconds(7)),
            ],
            page.Actions);
        Assert.Null(page.Next);
    }

    [Fact]
    public void Only_the_row_of_the_action_changes()
    {
        var table = new StatisticsTable();
        for (int action = 0; action < 1_200; action++)
        {
            Assert.Equal(action / 500, Count(table, action, 1));
        }

        Assert.Equal(1, Count(table, 700, 1));
        Assert.Equal([500, 500, 200], new[] { 0, 1, 2 }.Select(row => table.Row(row).Length));
        Assert.Equal(2, table.Row(1)[200].Runs);
    }

    [Fact]
    public void What_was_written_reads_back_and_goes_on()
    {
        var written = new StatisticsTable();
        for (int action = 0; action < 501; action++)
        {
            Count(written, action, action);
        }

        var read = new StatisticsTable();
        Assert.True(read.Read(written.Row(0)));
        Assert.False(read.Read(written.Row(1)));
        Count(read, 500, 1);
        Count(written, 500, 1);

        Assert.Equal(written.List(null, 1_000).Actions, read.List(null, 1_000).Actions);
        Assert.Equal((502, written.List(null, 1).Total), (read.List(null, 1).Runs, read.List(null, 1).Total));
    }

    [Fact]
    public void Pages_follow_each_other()
    {
        var table = new StatisticsTable();
        for (int action = 0; action < 25; action++)
        {
            Count(table, action, 1);
        }

        List<ActionId> seen = [];
        string? after = null;
        do
        {
            var page = table.List(after, 10);
            seen.AddRange(page.Actions.Select(entry => entry.Action));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(Id), seen);
        foreach (string wrong in (ImmutableArray<string>)["26", "-1", "x", "1.5", "99999999999"])
        {
            Assert.Equal(ErrorCodes.RequestInvalid, Assert.Throws<SchedulerException>(() => table.List(wrong, 10)).Code);
        }
    }

    [Fact]
    public void An_action_too_many_is_not_counted()
    {
        var table = new StatisticsTable();
        for (int action = 0; action < StatisticsTable.RowSize * StatisticsTable.RowsMax; action++)
        {
            Count(table, action, 1);
        }

        Assert.Null(Count(table, -1, 1));
        Assert.Equal(0, Count(table, 3, 1));
        Assert.Equal((StatisticsTable.RowSize * StatisticsTable.RowsMax) + 1, table.List(null, 1).Runs);
    }

    private static int? Count(StatisticsTable table, int action, int milliseconds, bool hasFailed = false) =>
        table.Count(new FinishedRun(Id(action), hasFailed, Noon + Milliseconds(milliseconds), Milliseconds(milliseconds)));

    private static ActionId Id(int number) => ActionId.Of("action", $"{number:x8}");

    private static TimeSpan Milliseconds(int number) => TimeSpan.FromMilliseconds(number);
}
