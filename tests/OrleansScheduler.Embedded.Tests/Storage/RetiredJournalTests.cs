using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A journal whose actor is done with it leaves nothing, and nobody takes another for it.</summary>
public sealed class RetiredJournalTests : IDisposable
{
    private readonly CleaningSteps _steps = new();
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _steps.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_leaves_neither_a_row_nor_memory_and_begins_anew()
    {
        await using var store = await OpenAsync();
        await EmptyAsync(store.Journal("history", "old"), retire: true);
        await RemovedAsync("old");

        var journal = store.Journal("history", "old");
        var content = await journal.LoadAsync(Cancellation);
        await journal.AppendAsync(0, Entries("new"), Cancellation);

        Assert.Equal((0, 0), (content.SnapshotPosition, content.Entries.Length));
        Assert.Equal(["new"], Texts(await store.Journal("history", "old").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Its_row_stays_as_long_as_a_row_of_the_log_names_it()
    {
        await using (var store = await OpenAsync(cleanBytesMin: 1 << 20))
        {
            await EmptyAsync(store.Journal("history", "old"), retire: true);
            await store.Journal("space", "other").AppendAsync(0, Entries("1"), Cancellation);
        }

        Assert.Contains("old", Listed());
        await using var reopened = await OpenAsync();
        Assert.Equal(0, reopened.Statistics.RowsDamaged);
        Assert.Null(reopened.Statistics.LastFailure);
        await reopened.Journal("space", "other").AppendAsync(1, Entries("2"), Cancellation);
        await RemovedAsync("old");
        Assert.Equal(["1", "2"], Texts(await reopened.Journal("space", "other").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task An_empty_journal_whose_actor_goes_on_stays_until_the_next_opening()
    {
        await using (var store = await OpenAsync())
        {
            var journal = store.Journal("history", "old");
            await EmptyAsync(journal, retire: false);
            await EmptyAsync(store.Journal("history", "other"), retire: true);
            await RemovedAsync("other");
            Assert.Equal(["old"], Listed());
            Assert.Equal(2, (await store.Journal("history", "old").LoadAsync(Cancellation)).SnapshotPosition);
        }

        await using var reopened = await OpenAsync();
        await RemovedAsync("old");
    }

    [Fact]
    public async Task Whoever_has_loaded_it_before_goes_on_where_it_was()
    {
        await using var store = await OpenAsync();
        var emptied = store.Journal("history", "old");
        await EmptyAsync(emptied, retire: false);
        var loaded = store.Journal("history", "old");
        await loaded.LoadAsync(Cancellation);
        await emptied.RetireAsync(Cancellation);
        await RemovedAsync("old");

        await loaded.AppendAsync(2, Entries("3"), Cancellation);
        var after = await store.Journal("history", "old").LoadAsync(Cancellation);
        using var crashed = _folder.Crash();
        await using var reopened = await SqliteStores.OpenAsync(crashed);

        Assert.Equal((2, "3"), (after.SnapshotPosition, Assert.Single(Texts(after))));
        Assert.Equal(["3"], Texts(await reopened.Journal("history", "old").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Whoever_has_loaded_it_before_loses_against_the_one_that_began_anew()
    {
        await using var store = await OpenAsync();
        var zombie = store.Journal("history", "old");
        await EmptyAsync(zombie, retire: true);
        await RemovedAsync("old");
        await store.Journal("history", "old").AppendAsync(0, Entries("a", "b"), Cancellation);

        var append = await Assert.ThrowsAsync<StorageException>(() => zombie.AppendAsync(2, Entries("lost"), Cancellation));
        var pages = await Assert.ThrowsAsync<StorageException>(() => zombie.WritePagesAsync(2, Pages(("p", "lost")), Cancellation));
        await zombie.RetireAsync(Cancellation);

        Assert.Equal((ErrorCodes.JournalConflict, ErrorCodes.JournalConflict), (append.Code, pages.Code));
        Assert.Equal(["a", "b"], Texts(await store.Journal("history", "old").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task What_comes_after_it_was_retired_keeps_it()
    {
        await using var store = await OpenAsync();
        var journal = store.Journal("history", "old");
        await EmptyAsync(journal, retire: true);
        await journal.AppendAsync(2, Entries("3"), Cancellation);
        await EmptyAsync(store.Journal("history", "other"), retire: true);
        await RemovedAsync("other");

        Assert.Equal("3", Texts(await store.Journal("history", "old").LoadAsync(Cancellation))[^1]);
    }

    [Fact]
    public async Task A_removal_that_fails_is_tried_again()
    {
        await using var store = await OpenAsync();
        var journal = store.Journal("history", "old");
        await EmptyAsync(journal, retire: false);
        await EmptyAsync(store.Journal("history", "other"), retire: true);
        await RemovedAsync("other");
        _steps.FailOnce();
        await journal.RetireAsync(Cancellation);
        await _steps.FailedAsync(Cancellation);

        Assert.Equal(2, (await store.Journal("history", "old").LoadAsync(Cancellation)).SnapshotPosition);
        await store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
        await RemovedAsync("old");
    }

    [Fact]
    public async Task Nothing_is_removed_while_a_damaged_row_may_be_the_one_that_listed_a_journal()
    {
        await using (var store = await OpenAsync())
        {
            await EmptyAsync(store.Journal("history", "old"), retire: false);
            await store.Journal("space", "torn").AppendAsync(0, Entries("1"), Cancellation);
        }

        SqliteStores.Damage(_folder, "UPDATE journals SET key = 'c' WHERE key = 'torn'");
        await using (var damaged = await OpenAsync())
        {
            await damaged.Journal("history", "old").AppendAsync(2, Entries("3"), Cancellation);
        }

        Assert.Contains("old", Listed());
    }

    /// <summary>Two entries, a page, and then nothing: the journal stands at position 2.</summary>
    private static async Task EmptyAsync(IJournalStorage journal, bool retire)
    {
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        await journal.WritePagesAsync(1, Pages(("p", "1")), Cancellation);
        await journal.AppendAsync(1, Entries("2"), Cancellation);
        await journal.WritePagesAsync(2, Pages(("p", null)), Cancellation);
        await journal.TruncateAsync(2, Cancellation);
        if (retire)
        {
            await journal.RetireAsync(Cancellation);
        }
    }

    private async Task RemovedAsync(string key)
    {
        do
        {
            await _steps.NextAsync(Cancellation);
        }
        while (Listed().Contains(key));
    }

    private List<string> Listed()
    {
        using var database = Database.Open(_folder.Database, readOnly: true);
        return database.AskTexts("SELECT key FROM journals ORDER BY key");
    }

    private Task<SqliteStore> OpenAsync(long cleanBytesMin = 0) =>
        SqliteStores.OpenAsync(_folder, _steps, options => options.CleanBytesMin = cleanBytesMin);
}
