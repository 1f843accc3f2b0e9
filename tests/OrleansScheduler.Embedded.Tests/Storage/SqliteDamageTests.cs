using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A row that is not what was written is named, and nothing else is lost.</summary>
public sealed class SqliteDamageTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var store = await SqliteStores.OpenAsync(_folder);
        await store.Journal("space", "a").AppendAsync(0, Entries("1", "2"), Cancellation);
        await store.Journal("space", "b").AppendAsync(0, Entries("1"), Cancellation);
        await store.Journal("space", "a").AppendAsync(2, Entries("3"), Cancellation);
        await store.Journal("space", "a").WritePagesAsync(1, Pages(("d/7", "x"), ("e", "y")), Cancellation);
        await store.State("space", "a").WriteAsync("s", Bytes("one"), null, Cancellation);
        await store.SetWakeupAsync("space", "a", StoppedClock.Now, Cancellation);
        await store.State("space", "b").WriteAsync("s", Bytes("one"), null, Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    [Theory]
    [InlineData("UPDATE log SET payload = CAST(replace(payload, '3', '4') AS BLOB) WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET payload = x'' WHERE id = 1", "log 1")]
    [InlineData("UPDATE log SET payload = (SELECT payload FROM log WHERE id = 1) WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET journal = 2 WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET journal = 9 WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET position = 1 WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET position = 4 WHERE id = 3", "log 3")]
    [InlineData("UPDATE log SET count = 2 WHERE id = 3", "log 3")]
    [InlineData("DELETE FROM log WHERE id = 1", "log 3")]
    [InlineData("UPDATE pages SET payload = CAST(replace(payload, 'x', 'z') AS BLOB) WHERE name = 'd/7'", "page d/7")]
    [InlineData("UPDATE pages SET name = 'd/8' WHERE name = 'd/7'", "page d/8")]
    [InlineData("DELETE FROM pages WHERE name = 'd/7'", "pages 1")]
    [InlineData("UPDATE journals SET snapshot_position = 2 WHERE no = 1", "journals 1")]
    [InlineData("UPDATE journals SET pages = 3 WHERE no = 1", "journals 1")]
    [InlineData("UPDATE journals SET key = 'c' WHERE no = 1", "journals 1")]
    public async Task A_damaged_row_of_a_journal_is_named_and_other_journals_load(string damage, string row)
    {
        Damage(damage);
        await using var store = await SqliteStores.OpenAsync(_folder);

        var exception = await Assert.ThrowsAsync<CorruptStateException>(
            () => store.Journal("space", "a").LoadAsync(Cancellation));

        Assert.Equal(("space/a", row), (exception.Details["journal"], exception.Details["row"]));
        Assert.Equal(["1"], Texts(await store.Journal("space", "b").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task A_journal_whose_own_row_is_damaged_takes_no_entries()
    {
        Damage("UPDATE journals SET key = 'c' WHERE no = 1");
        await using var store = await SqliteStores.OpenAsync(_folder);

        await Assert.ThrowsAsync<CorruptStateException>(
            () => store.Journal("space", "a").AppendAsync(0, Entries("x"), Cancellation));
        await Assert.ThrowsAsync<CorruptStateException>(
            () => store.Journal("space", "c").AppendAsync(3, Entries("x"), Cancellation));

        await store.Journal("space", "b").AppendAsync(1, Entries("2"), Cancellation);
    }

    [Theory]
    [InlineData("UPDATE states SET payload = CAST(replace(payload, 'one', 'two') AS BLOB) WHERE key = 'a'")]
    [InlineData("UPDATE states SET etag = '1-9' WHERE key = 'a'")]
    public async Task A_damaged_state_is_named_and_other_states_are_read(string damage)
    {
        Damage(damage);
        await using var store = await SqliteStores.OpenAsync(_folder);

        var exception = await Assert.ThrowsAsync<CorruptStateException>(
            () => store.State("space", "a").ReadAsync("s", Cancellation));

        Assert.Equal(("space/a", "state s"), (exception.Details["journal"], exception.Details["row"]));
        Assert.NotNull(await store.State("space", "b").ReadAsync("s", Cancellation));
    }

    [Theory]
    [InlineData("UPDATE wakeups SET due = due + 1")]
    [InlineData("UPDATE wakeups SET key = 'b'")]
    public async Task A_damaged_wake_up_is_due_at_once(string damage)
    {
        Damage(damage);
        await using var store = await SqliteStores.OpenAsync(_folder);

        var wakeups = await store.ListWakeupsAsync(null, 10, Cancellation);

        Assert.Equal(DateTimeOffset.MinValue, Assert.Single(wakeups).Due);
    }

    [Fact]
    public async Task A_row_that_nobody_owns_shows_in_health_and_is_kept()
    {
        Damage("UPDATE log SET journal = 9, position = 7 WHERE id = 3");
        await using (var store = await SqliteStores.OpenAsync(_folder))
        {
            await store.SetWakeupAsync("space", "a", DateTimeOffset.UnixEpoch, Cancellation);

            Assert.Equal(
                (1, ErrorCodes.CorruptState, false), (store.Statistics.RowsDamaged, store.Statistics.Finding?.Code, store.Statistics.IsDegraded));
        }

        await using var again = await SqliteStores.OpenAsync(_folder);
        Assert.Equal(1, again.Statistics.RowsDamaged);
    }

    [Fact]
    public void Every_flipped_bit_of_a_row_is_found()
    {
        var actor = Checksum.Of("space", "a");
        var row = new LogRow(Position: 5, Id: 1, Count: 2, Bytes: 0);
        var payload = LogRowFormat.Encode(actor, 5, Entries("first", "second entry"));
        var entries = System.Collections.Immutable.ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            payload[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotNull(LogRowFormat.Decode(actor, row, payload, after: 0, entries));

            payload[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Null(LogRowFormat.Decode(actor, row, payload, after: 5, entries));
        Assert.Equal("second entry", Text(Assert.Single(entries)));
    }

    private void Damage(string sql) => Assert.Equal(1, SqliteStores.Damage(_folder, sql));
}
