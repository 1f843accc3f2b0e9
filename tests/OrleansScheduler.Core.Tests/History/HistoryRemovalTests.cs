using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.History;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.History;

public sealed class HistoryRemovalTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromDays(HistoryShard.DaysKept + 2);

    private static readonly JournalOptions Often = new() { SnapshotBytesMin = 1 };

    private readonly ScriptedJournal _storage = new() { IsShared = false };
    private readonly Turns _turns = new();

    [Fact]
    public void What_is_old_enough_leaves_storage_before_the_wakeup_does()
    {
        var (context, actor) = Start();
        Record(actor, 1);

        Wake(context, actor);

        Assert.Empty(_storage.Pages);
        Assert.Equal(["pages 2 ", "truncate 2", "retire", "clear"], _storage.Calls[^4..]);
    }

    [Fact]
    public void After_an_end_between_the_entry_and_the_pages_the_next_wakeup_removes_them()
    {
        var (context, actor) = Start(Often);
        Record(actor, 1);
        int pages = _storage.Pages.Count;
        (context, actor) = Start();
        _storage.IsHeld = true;
        Task waking = Wake(context, actor);
        _turns.Run(_storage.ReleaseOne);
        string last = _storage.Calls[^1];
        _storage.IsHeld = false;

        (context, actor) = Start();
        Wake(context, actor);

        Assert.Equal((1, false), (pages, waking.IsCompleted));
        Assert.StartsWith("pages", last, StringComparison.Ordinal);
        Assert.Equal((0, _storage.End), (_storage.Pages.Count, _storage.SnapshotPosition));
        Assert.Equal("clear", _storage.Calls[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_storage_refuses_to_remove_keeps_the_wakeup(int successes)
    {
        var (context, actor) = Start();
        Record(actor, 1);
        _storage.IsHeld = true;
        Wake(context, actor);
        for (int call = 0; call <= successes; call++)
        {
            _turns.Run(_storage.ReleaseOne);
        }

        _storage.IsHeld = false;
        _turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFull, "full")));
        string[] before = [.. _storage.CallsOf("clear")];
        Wake(context, actor);

        Assert.Empty(before);
        Assert.Equal((0, _storage.End), (_storage.Pages.Count, _storage.SnapshotPosition));
        Assert.Single(_storage.CallsOf("clear"));
    }

    [Fact]
    public void A_snapshot_under_way_keeps_the_wakeup()
    {
        var (context, actor) = Start(Often);
        Record(actor, 1);
        _storage.IsHeld = true;
        Task waking = Wake(context, actor);
        _turns.Run(_storage.ReleaseOne);

        Assert.True(waking.IsCompletedSuccessfully);
        Assert.StartsWith("pages", _storage.Calls[^1], StringComparison.Ordinal);
        Assert.Empty(_storage.CallsOf("clear"));
    }

    [Fact]
    public void What_comes_while_it_is_removed_leaves_as_well_before_the_wakeup_does()
    {
        var (context, actor) = Start();
        Record(actor, 1);
        _storage.IsHeld = true;
        Wake(context, actor);
        _turns.Run(_storage.ReleaseOne);

        Record(actor, 2);
        while (_storage.Held > 0)
        {
            _turns.Run(_storage.ReleaseOne);
        }

        Assert.Equal(["retire", "clear"], _storage.Calls[^2..]);
        Assert.Equal((0, 0, 1), (_storage.Entries.Count, _storage.Pages.Count, _storage.CallsOf("clear").Count()));
    }

    [Fact]
    public void What_comes_at_the_very_end_keeps_the_wakeup()
    {
        var (context, actor) = Start();
        Record(actor, 1);
        _storage.IsHeld = true;
        Wake(context, actor);
        while (_storage.Calls[^1] != "retire")
        {
            _turns.Run(_storage.ReleaseOne);
        }

        Record(actor, 2);
        while (_storage.Held > 0)
        {
            _turns.Run(_storage.ReleaseOne);
        }

        _storage.IsHeld = false;
        string[] before = [.. _storage.CallsOf("clear")];
        Wake(context, actor);

        Assert.Empty(before);
        Assert.Equal(("clear", 0), (_storage.Calls[^1], _storage.Entries.Count));
    }

    [Fact]
    public void A_long_history_leaves_some_pages_at_a_time()
    {
        var (context, actor) = Start(Often);
        for (int hundred = 0; hundred < 51; hundred++)
        {
            _turns.Run(() => actor.RecordAsync([.. Enumerable.Range(1, 100).Select(number => Ended((hundred * 100) + number))], CancellationToken.None));
        }

        _turns.Run(() => actor.DeactivateAsync(CancellationToken.None));
        int stored = _storage.Pages.Count;
        (context, actor) = Start();
        int from = _storage.Calls.Count;
        Wake(context, actor);

        // Pages hold 200 runs; the last of them was half full.
        Assert.Equal(26, stored);
        Assert.Equal([10, 10, 6], _storage.Calls.Skip(from).Where(call => call.StartsWith("pages", StringComparison.Ordinal)).Select(call => call.Split(" -").Length - 1));
        Assert.DoesNotContain(_storage.Calls.Skip(from), call => call.StartsWith("pages", StringComparison.Ordinal) && call.Split(' ')[2..].Any(page => page[0] != '-'));
        Assert.Equal((0, "clear"), (_storage.Pages.Count, _storage.Calls[^1]));
    }

    [Fact]
    public void A_history_without_runs_is_not_written_when_it_is_woken()
    {
        var (context, actor) = Start();

        Wake(context, actor);

        Assert.Equal(["clear"], _storage.Calls);
    }

    private (FakeContext Context, HistoryActor Actor) Start(JournalOptions? options = null)
    {
        var context = new FakeContext(_storage) { Key = HistoryShard.KeyOf("owner", DateOnly.FromDateTime(Day.Date), 0) };
        var actor = new HistoryActor(context, NullLogger.Instance, options);
        _turns.Run(() => actor.ActivateAsync(CancellationToken.None));
        return (context, actor);
    }

    private void Record(HistoryActor actor, long number) => _turns.Run(() => actor.RecordAsync([Ended(number)], CancellationToken.None));

    private Task Wake(FakeContext context, HistoryActor actor)
    {
        context.Clock.AdvanceTo(Day + Long);
        return _turns.Run(() => actor.WakeAsync(CancellationToken.None));
    }

    private static ScheduleRun Ended(long number) => new(
        RunId.Of(ScheduleId.Of("owner", "a"), "0000000a", number), OccurrenceOrigin.Nominal, Day, null, RunStatus.Completed, Day, null, Day, Day);
}
