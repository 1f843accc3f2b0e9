using System.Collections.Immutable;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>What a journal over rows promises beyond <see cref="RowJournalConformance"/>.</summary>
public sealed class RowJournalTests
{
    private readonly FaultyRows _rows = new();
    private readonly RowJournal _journal;

    public RowJournalTests() => _journal = New();

    [Fact]
    public async Task A_journal_that_was_never_written_is_empty()
    {
        JournalContent content = await _journal.LoadAsync(CancellationToken.None);

        Assert.Equal((0, 0, 0), (content.SnapshotPosition, content.Pages.Length, content.Entries.Length));
        Assert.Empty(_rows.Rows);
    }

    [Fact]
    public async Task Appended_groups_load_in_order_from_one_row_named_after_the_kind()
    {
        await _journal.AppendAsync(0, Entries("one", ""), CancellationToken.None);
        await _journal.AppendAsync(2, Entries("three"), CancellationToken.None);

        Assert.Equal(["one", "", "three"], Texts(await New().LoadAsync(CancellationToken.None)));
        Assert.Equal(["space.journal"], _rows.Rows.Keys);
    }

    [Fact]
    public async Task A_journal_may_begin_with_a_snapshot_that_stands_for_entries_it_never_had()
    {
        await _journal.BeginAsync(7, Pages(("x", "x7")), CancellationToken.None);
        await _journal.WritePagesAsync(7, Pages(("y", "y7")), CancellationToken.None);
        await _journal.AppendAsync(7, Entries("8", "9"), CancellationToken.None);

        JournalContent content = await New().LoadAsync(CancellationToken.None);

        Assert.Equal(7, content.SnapshotPosition);
        Assert.Equal(["x=x7", "y=y7"], PageTexts(content));
        Assert.Equal(["8", "9"], Texts(content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_that_holds_anything_does_not_begin_again(bool begun)
    {
        await (begun ? _journal.BeginAsync(7, Pages(("x", "x7")), CancellationToken.None) : _journal.AppendAsync(0, Entries("1"), CancellationToken.None));

        Assert.Equal(ErrorCodes.JournalConflict, (await ConflictAsync(New().BeginAsync(9, Pages(("x", "x9")), CancellationToken.None))).Code);

        JournalContent content = await New().LoadAsync(CancellationToken.None);
        Assert.Equal(begun ? 7 : 0, content.SnapshotPosition);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_snapshot_outside_of_the_journal_conflicts(long position)
    {
        await _journal.AppendAsync(0, Entries("1", "2", "3"), CancellationToken.None);
        await _journal.WritePagesAsync(2, Pages(("x", "x2")), CancellationToken.None);

        await ConflictAsync(_journal.WritePagesAsync(position, Pages(("x", "other")), CancellationToken.None));

        Assert.Equal(["x=x2"], PageTexts(await New().LoadAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Truncating_beyond_the_snapshot_is_a_mistake()
    {
        await _journal.AppendAsync(0, Entries("1"), CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _journal.TruncateAsync(1, CancellationToken.None));

        Assert.Equal(["1"], Texts(await New().LoadAsync(CancellationToken.None)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_head_in_doubt_is_settled_by_reading_it(bool landed)
    {
        await _journal.AppendAsync(0, Entries("1"), CancellationToken.None);
        _rows.FailNextWrite(landed ? RowFault.After : RowFault.Before);
        await Assert.ThrowsAsync<StorageException>(() => _journal.AppendAsync(1, Entries("2"), CancellationToken.None));

        await _journal.AppendAsync(landed ? 2 : 1, Entries("3"), CancellationToken.None);

        Assert.Equal(landed ? ["1", "2", "3"] : ["1", "3"], Texts(await New().LoadAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Calls_are_carried_out_in_their_order_through_a_stall_and_own_their_bytes()
    {
        var stall = new TaskCompletionSource();
        _rows.Gate = (_, _) => stall.Task;
        byte[] bytes = "1"u8.ToArray();
        Task first = _journal.AppendAsync(0, [bytes], CancellationToken.None);
        Task second = _journal.AppendAsync(1, Entries("2"), CancellationToken.None);
        Task pages = _journal.WritePagesAsync(2, Pages(("x", "x2")), CancellationToken.None);
        bytes[0] = 0;

        stall.SetResult();
        await Task.WhenAll(first, second, pages);

        Assert.Equal(2, (await New().LoadAsync(CancellationToken.None)).SnapshotPosition);
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_write()
    {
        using var cancellation = new CancellationTokenSource();
        var stall = new TaskCompletionSource();
        _rows.Gate = (_, _) => stall.Task;
        Task append = _journal.AppendAsync(0, Entries("1"), cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        stall.SetResult();

        await _journal.AppendAsync(1, Entries("2"), CancellationToken.None);
    }

    [Fact]
    public void Storage_keys_of_different_keys_differ_by_more_than_case_and_look_like_no_number()
    {
        string[] keys = ["", "a", "A", "~a", "%41", "é", "É", " ", "a ", "0123456789abcdef0123456789abcdef", "acme/main"];

        string[] stored = [.. keys.Select(RowNames.StorageKey)];

        Assert.Equal(keys.Length, stored.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(stored, key => Assert.StartsWith("k", key, StringComparison.Ordinal));
        Assert.Equal("kacme/main", RowNames.StorageKey("acme/main"));
        Assert.Throws<ArgumentException>(() => RowNames.StorageKey(new string('x', 512)));
    }

    [Fact]
    public void A_storage_key_tells_its_key_and_other_texts_tell_none()
    {
        string[] keys = ["", "a", "A", "~a", "%41", "é", "É", " ", "a ", "0123456789abcdef0123456789abcdef", "acme/main", "\U0001F600"];
        string[] others = ["", "a", "kA", "k~", "k~1", "k%4", "k%61", "k%C3%A9", "k%c3", "k é", "ké", "h" + new string('0', 64)];

        Assert.Equal(keys, keys.Select(key => RowNames.KeyOf(RowNames.StorageKey(key))));
        Assert.All(others, text => Assert.Null(RowNames.KeyOf(text)));
    }

    private static Task<StorageException> ConflictAsync(Task call) => Assert.ThrowsAsync<StorageException>(() => call);

    private static ImmutableArray<ReadOnlyMemory<byte>> Entries(params string[] texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(text))];

    private static ImmutableArray<JournalPage> Pages(params (string Name, string? Text)[] pages) =>
    [
        .. pages.Select(page => page.Text is null
            ? new JournalPage(page.Name, null)
            : new JournalPage(page.Name, new ReadOnlyMemory<byte>(System.Text.Encoding.UTF8.GetBytes(page.Text)))),
    ];

    private static string[] Texts(JournalContent content) =>
        [.. content.Entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Span))];

    private static string[] PageTexts(JournalContent content) =>
        [.. content.Pages.Select(page => $"{page.Name}={System.Text.Encoding.UTF8.GetString(page.Content!.Value.Span)}").Order(StringComparer.Ordinal)];

    private RowJournal New() => new("space", "acme/main", _rows, new Random(1));
}
