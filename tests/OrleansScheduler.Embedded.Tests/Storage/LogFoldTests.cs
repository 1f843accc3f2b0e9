using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>The write-ahead log stays short, whoever reads.</summary>
public sealed class LogFoldTests : IDisposable
{
    private const long Limit = 1 << 20;

    private readonly TestFolder _folder = new();
    private readonly string _text = new('x', 100_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Loads_one_after_the_other_do_not_let_the_log_grow()
    {
        await using var store = await OpenAsync();
        var read = store.Journal("space", "read");
        await read.AppendAsync(0, Entries("1"), Cancellation);
        using var writing = new CancellationTokenSource();

        // More than there are connections: at any time somebody reads, as when many actors are activated.
        var storm = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReadAsync(store, read, writing.Token)));
        var longest = 0L;
        var journal = store.Journal("space", "written");
        for (var position = 0; position < 100; position++)
        {
            await journal.AppendAsync(position, Entries(_text), Cancellation);
            longest = Math.Max(longest, store.Statistics.LogBytes);
        }

        await writing.CancelAsync();
        await storm;
        Assert.InRange(longest, 1, 4 * Limit);
    }

    [Fact]
    public async Task A_log_in_which_somebody_reads_is_folded_when_the_read_ends()
    {
        await using var store = await OpenAsync();
        var journal = store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("0"), Cancellation);
        var (reading, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var read = store.ReadAsync(
            session =>
            {
                session.Begin();
                session.Journal.Bind(1, 1).Step();
                reading.SetResult();
                mayEnd.Task.GetAwaiter().GetResult();
                return true;
            },
            StorageSite.JournalLoad, "", "", Cancellation);
        await reading.Task;

        for (var position = 1; position <= 30; position++)
        {
            await journal.AppendAsync(position, Entries(_text), Cancellation);
        }

        var meanwhile = store.Statistics.LogBytes;
        mayEnd.SetResult();
        await read;

        // What follows a write is done when the next one is answered.
        await journal.AppendAsync(31, Entries("31"), Cancellation);
        await journal.AppendAsync(32, Entries("32"), Cancellation);

        Assert.InRange(meanwhile, 2 * Limit, 8 * Limit);
        Assert.InRange(store.Statistics.LogBytes, 1, Limit / 2);
        Assert.Equal(33, (await journal.LoadAsync(Cancellation)).Entries.Length);
    }

    [Fact]
    public async Task Another_connection_that_reads_for_long_holds_up_no_write()
    {
        await using var store = await OpenAsync();
        var journal = store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("0"), Cancellation);
        using (var export = Database.Open(_folder.Database, readOnly: true))
        {
            export.Execute("BEGIN");
            Assert.Equal(1, export.Ask("SELECT count(*) FROM journals"));
            for (var position = 1; position <= 60; position++)
            {
                await journal.AppendAsync(position, Entries(_text), Cancellation);
            }

            Assert.InRange(store.Statistics.LogBytes, 4 * Limit, 20 * Limit);
            Assert.Equal(61, (await journal.LoadAsync(Cancellation)).Entries.Length);
        }

        for (var position = 61; position <= 75; position++)
        {
            await journal.AppendAsync(position, Entries(_text), Cancellation);
        }

        Assert.InRange(store.Statistics.LogBytes, 1, 3 * Limit);
    }

    [Fact]
    public async Task A_store_closes_while_a_read_keeps_the_log_from_being_folded()
    {
        var store = await OpenAsync();
        var journal = store.Journal("space", "a");
        var (reading, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        await journal.AppendAsync(0, Entries("0"), Cancellation);
        var read = store.ReadAsync(
            _ =>
            {
                reading.SetResult();
                mayEnd.Task.GetAwaiter().GetResult();
                return true;
            },
            StorageSite.JournalLoad, "", "", Cancellation);
        await reading.Task;
        for (var position = 1; position <= 30; position++)
        {
            await journal.AppendAsync(position, Entries(_text), Cancellation);
        }

        var closing = store.DisposeAsync().AsTask();
        mayEnd.SetResult();
        await read;
        await closing;

        await using var reopened = await OpenAsync();
        Assert.Equal(31, (await reopened.Journal("space", "a").LoadAsync(Cancellation)).Entries.Length);
    }

    private static async Task ReadAsync(SqliteStore store, IJournalStorage journal, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await store.ReadAsync(
                session =>
                {
                    // Long enough that the next one begins before this one ends.
                    session.Begin();
                    session.Journal.Bind(1, 1).Step();
                    Thread.SpinWait(20_000);
                    return true;
                },
                StorageSite.JournalLoad, "", "", CancellationToken.None);
            await journal.LoadAsync(CancellationToken.None);
        }
    }

    private Task<SqliteStore> OpenAsync() => SqliteStores.OpenAsync(_folder, change: options => options.LogBytesMax = Limit);
}
