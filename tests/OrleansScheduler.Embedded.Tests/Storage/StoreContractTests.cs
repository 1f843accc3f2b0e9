using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>What every embedded store promises about journals, states and wake-ups.</summary>
public abstract class StoreContractTests : IAsyncLifetime
{
    private IEmbeddedStore? _store;

    internal ScriptedFaults Faults { get; } = new();

    protected IEmbeddedStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IEmbeddedStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync();
    }

    [Fact]
    public async Task A_journal_that_was_never_written_is_empty()
    {
        var content = await Store.Journal("space", "a").LoadAsync(Cancellation);

        Assert.Equal((0, 0, 0), (content.SnapshotPosition, content.Pages.Length, content.Entries.Length));
    }

    [Fact]
    public async Task Appended_groups_load_in_order()
    {
        var journal = Store.Journal("space", "a");

        await journal.AppendAsync(0, Entries("one", ""), Cancellation);
        await journal.AppendAsync(2, Entries("three"), Cancellation);

        var content = await journal.LoadAsync(Cancellation);
        Assert.Equal(["one", "", "three"], Texts(content));
        Assert.Equal(0, content.SnapshotPosition);
    }

    [Fact]
    public async Task Journals_of_different_kinds_and_keys_do_not_meet()
    {
        await Store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
        await Store.Journal("space", "A").AppendAsync(0, Entries("2"), Cancellation);
        await Store.Journal("spacea", "").AppendAsync(0, Entries("3"), Cancellation);

        Assert.Equal(["1"], Texts(await Store.Journal("space", "a").LoadAsync(Cancellation)));
        Assert.Equal(["2"], Texts(await Store.Journal("space", "A").LoadAsync(Cancellation)));
        Assert.Equal(["3"], Texts(await Store.Journal("spacea", "").LoadAsync(Cancellation)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_append_elsewhere_than_at_the_end_conflicts_and_changes_nothing(long expected)
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("one"), Cancellation);

        var conflict = await Assert.ThrowsAsync<StorageException>(
            () => journal.AppendAsync(expected, Entries("other"), Cancellation));

        Assert.Equal(ErrorCodes.JournalConflict, conflict.Code);
        Assert.False(conflict.IsTransient);
        Assert.Equal(["one"], Texts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Two_first_writers_of_a_new_journal_do_not_both_succeed()
    {
        var first = Store.Journal("space", "a").AppendAsync(0, Entries("first"), Cancellation);
        var second = Store.Journal("space", "a").AppendAsync(0, Entries("second"), Cancellation);

        await first;
        await Assert.ThrowsAsync<StorageException>(() => second);
    }

    [Fact]
    public async Task Bytes_belong_to_the_store_once_the_call_returned()
    {
        var bytes = "mine"u8.ToArray();
        var append = Store.Journal("space", "a").AppendAsync(0, [bytes], Cancellation);

        bytes[0] = 0;
        await append;

        Assert.Equal(["mine"], Texts(await Store.Journal("space", "a").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task A_snapshot_replaces_the_entries_it_stands_for_and_keeps_other_pages()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1", "2", "3"), Cancellation);
        await journal.WritePagesAsync(1, Pages(("x", "x1"), ("y", "y1")), Cancellation);

        await journal.WritePagesAsync(2, Pages(("x", "x2"), ("z", "")), Cancellation);

        var content = await journal.LoadAsync(Cancellation);
        Assert.Equal(2, content.SnapshotPosition);
        Assert.Equal(["x=x2", "y=y1", "z="], PageTexts(content));
        Assert.Equal(["3"], Texts(content));
    }

    [Fact]
    public async Task A_page_without_content_is_removed()
    {
        var journal = Store.Journal("space", "a");
        await journal.WritePagesAsync(0, Pages(("x", "x1"), ("y", "y1")), Cancellation);

        await journal.WritePagesAsync(0, Pages(("x", null), ("never", null)), Cancellation);

        Assert.Equal(["y=y1"], PageTexts(await journal.LoadAsync(Cancellation)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_snapshot_outside_of_the_journal_conflicts(long position)
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1", "2", "3"), Cancellation);
        await journal.WritePagesAsync(2, Pages(("x", "x2")), Cancellation);

        var conflict = await Assert.ThrowsAsync<StorageException>(
            () => journal.WritePagesAsync(position, Pages(("x", "other")), Cancellation));

        Assert.Equal(ErrorCodes.JournalConflict, conflict.Code);
        Assert.Equal(["x=x2"], PageTexts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Truncating_what_the_snapshot_covers_loses_nothing()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1", "2"), Cancellation);
        await journal.AppendAsync(2, Entries("3", "4"), Cancellation);
        await journal.WritePagesAsync(3, Pages(("x", "x3")), Cancellation);

        await journal.TruncateAsync(3, Cancellation);
        await journal.AppendAsync(4, Entries("5"), Cancellation);

        Assert.Equal(["4", "5"], Texts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Truncating_beyond_the_snapshot_is_a_mistake()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => journal.TruncateAsync(1, Cancellation));

        Assert.Equal(["1"], Texts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task An_append_has_one_to_a_thousand_entries()
    {
        var journal = Store.Journal("space", "a");

        await Assert.ThrowsAnyAsync<ArgumentException>(() => journal.AppendAsync(0, [], Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => journal.AppendAsync(0, [.. Enumerable.Repeat(Bytes("x"), 1_001)], Cancellation));
        await journal.AppendAsync(0, [.. Enumerable.Repeat(Bytes("x"), 1_000)], Cancellation);

        Assert.Equal(1_000, (await journal.LoadAsync(Cancellation)).Entries.Length);
    }

    [Fact]
    public void A_key_that_would_not_come_back_as_it_is_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Store.Journal("space", "nul\0"));
        Assert.ThrowsAny<ArgumentException>(() => Store.State("space", "half\ud800"));
    }

    [Fact]
    public async Task A_state_is_written_once_per_ETag()
    {
        var state = Store.State("space", "a");
        var first = await state.WriteAsync("s", Bytes("one"), null, Cancellation);
        var second = await state.WriteAsync("s", Bytes("two"), first, Cancellation);

        var stale = await Assert.ThrowsAsync<StorageException>(() => state.WriteAsync("s", Bytes("x"), first, Cancellation));
        var create = await Assert.ThrowsAsync<StorageException>(() => state.WriteAsync("s", Bytes("x"), null, Cancellation));

        var read = await state.ReadAsync("s", Cancellation);
        Assert.Equal(("two", second), (Text(read!.Content), read.ETag));
        Assert.Equal(ErrorCodes.JournalConflict, stale.Code);
        Assert.Equal(ErrorCodes.JournalConflict, create.Code);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_state_that_was_not_written_does_not_exist()
    {
        var state = Store.State("space", "a");

        Assert.Null(await state.ReadAsync("s", Cancellation));
        await Assert.ThrowsAsync<StorageException>(() => state.WriteAsync("s", Bytes("x"), "1", Cancellation));
        await Assert.ThrowsAsync<StorageException>(() => state.ClearAsync("s", "1", Cancellation));
    }

    [Fact]
    public async Task A_cleared_state_is_gone_and_its_ETag_never_returns()
    {
        var state = Store.State("space", "a");
        var first = await state.WriteAsync("s", Bytes("one"), null, Cancellation);
        await Assert.ThrowsAsync<StorageException>(() => state.ClearAsync("s", "other", Cancellation));

        await state.ClearAsync("s", first, Cancellation);

        Assert.Null(await state.ReadAsync("s", Cancellation));
        await ReopenAsync();
        Assert.NotEqual(first, await Store.State("space", "a").WriteAsync("s", Bytes("one"), null, Cancellation));
    }

    [Fact]
    public async Task An_actor_has_one_wake_up()
    {
        var (early, late) = (StoppedClock.Now, StoppedClock.Now.AddHours(1));
        await Store.SetWakeupAsync("space", "a", late, Cancellation);
        await Store.SetWakeupAsync("space", "a", early.ToOffset(TimeSpan.FromHours(5)), Cancellation);
        await Store.SetWakeupAsync("run", "b", late, Cancellation);
        await Store.SetWakeupAsync("run", "c", late, Cancellation);
        await Store.ClearWakeupAsync("run", "c", Cancellation);
        await Store.ClearWakeupAsync("run", "never", Cancellation);

        var wakeups = await Store.ListWakeupsAsync(null, 10, Cancellation);

        Assert.Equal([new StoredWakeup("run", "b", late), new StoredWakeup("space", "a", early)], wakeups);
        Assert.All(wakeups, one => Assert.Equal(TimeSpan.Zero, one.Due.Offset));
    }

    [Fact]
    public async Task Wake_ups_are_listed_in_pages()
    {
        string[] keys = ["", "A", "a", "\uffee", "\U0001F600"];
        foreach (var key in keys.Reverse())
        {
            await Store.SetWakeupAsync("space", key, StoppedClock.Now, Cancellation);
        }

        var first = await Store.ListWakeupsAsync(null, 2, Cancellation);
        var second = await Store.ListWakeupsAsync(first[^1], 2, Cancellation);
        var third = await Store.ListWakeupsAsync(second[^1], 2, Cancellation);

        Assert.Equal(keys, first.Concat(second).Concat(third).Select(one => one.Key));
    }

    [Fact]
    public async Task Everything_acknowledged_is_there_after_reopening_under_a_new_incarnation()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1", "2"), Cancellation);
        await journal.WritePagesAsync(1, Pages(("x", "x1")), Cancellation);
        await journal.TruncateAsync(1, Cancellation);
        var etag = await Store.State("space", "a").WriteAsync("s", Bytes("one"), null, Cancellation);
        await Store.SetWakeupAsync("space", "a", StoppedClock.Now, Cancellation);
        var incarnation = Store.Incarnation;

        await ReopenAsync();

        var content = await Store.Journal("space", "a").LoadAsync(Cancellation);
        Assert.Equal(["2"], Texts(content));
        Assert.Equal(["x=x1"], PageTexts(content));
        Assert.Equal(etag, (await Store.State("space", "a").ReadAsync("s", Cancellation))!.ETag);
        Assert.Single(await Store.ListWakeupsAsync(null, 10, Cancellation));
        Assert.Equal((incarnation + 1, 1), (Store.Incarnation, Store.Epoch));
        await Store.Journal("space", "a").AppendAsync(2, Entries("3"), Cancellation);
    }

    [Fact]
    public async Task A_closed_store_is_stopping()
    {
        await Store.DisposeAsync();

        var write = await Assert.ThrowsAsync<SchedulerException>(
            () => Store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation));
        var read = await Assert.ThrowsAsync<SchedulerException>(() => Store.Journal("space", "a").LoadAsync(Cancellation));

        Assert.Equal((ErrorCodes.Stopping, ErrorCodes.Stopping), (write.Code, read.Code));
    }

    [Fact]
    public async Task Statistics_count_what_was_acknowledged()
    {
        await Store.Journal("space", "a").AppendAsync(0, Entries("1", "2"), Cancellation);
        await Store.Journal("space", "a").AppendAsync(2, Entries("3"), Cancellation);
        await Assert.ThrowsAsync<StorageException>(() => Store.Journal("space", "a").AppendAsync(0, Entries("x"), Cancellation));

        var statistics = Store.Statistics;

        Assert.Equal((2, 3), (statistics.Appends, statistics.Entries));
        Assert.True(statistics.Groups >= 2);
        Assert.True(statistics.BytesAcknowledged > 0);
        Assert.Null(statistics.LastFailure);
    }
}
