using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Storage;

/// <summary>What every journal over rows promises its actor, and guarantee 9: of two activations, only one is acknowledged.</summary>
public abstract class JournalTests
{
    private const int Races = 60;

    // What exceeds the head row, and so goes to a row of its own first.
    private const int LongEntry = 6_000;

    /// <summary>The journal of an actor as one more activation sees it, with its own way to the storage that all journals of the test share.</summary>
    protected abstract Task<IJournalStorage> OpenAsync(string key);

    [Fact]
    public async Task A_journal_that_was_never_written_is_empty()
    {
        JournalContent content = await (await OpenAsync("a")).LoadAsync(CancellationToken.None);

        Assert.Equal((0, 0, 0), (content.SnapshotPosition, content.Pages.Length, content.Entries.Length));
    }

    [Fact]
    public async Task Appended_groups_load_in_order()
    {
        IJournalStorage journal = await OpenAsync("a");
        await journal.AppendAsync(0, Entries("one", ""), CancellationToken.None);
        await journal.AppendAsync(2, Entries(Long('3')), CancellationToken.None);
        await journal.AppendAsync(3, Entries("four"), CancellationToken.None);

        Assert.Equal(["one", "", Long('3'), "four"], await ReadAsync("a"));
    }

    [Fact]
    public async Task Journals_of_different_keys_do_not_meet()
    {
        string[] keys = ["a", "A", "a ", "%41", "0123456789abcdef0123456789abcdef", "é", new string('x', 400)];
        foreach (string key in keys)
        {
            await (await OpenAsync(key)).AppendAsync(0, Entries(key), CancellationToken.None);
        }

        foreach (string key in keys)
        {
            Assert.Equal([key], await ReadAsync(key));
        }
    }

    [Fact]
    public async Task A_snapshot_replaces_the_entries_it_stands_for_and_keeps_other_pages()
    {
        IJournalStorage journal = await OpenAsync("a");
        await journal.AppendAsync(0, Entries("1", "2", "3"), CancellationToken.None);
        await journal.WritePagesAsync(1, Pages(("x", "x1"), ("y", "y1")), CancellationToken.None);
        await journal.WritePagesAsync(2, Pages(("x", "x2"), ("z", ""), ("never", null)), CancellationToken.None);
        await journal.TruncateAsync(2, CancellationToken.None);

        JournalContent content = await (await OpenAsync("a")).LoadAsync(CancellationToken.None);

        Assert.Equal(2, content.SnapshotPosition);
        Assert.Equal(["x=x2", "y=y1", "z="], content.Pages.Select(page => $"{page.Name}={Text(page.Content!.Value)}").Order(StringComparer.Ordinal));
        Assert.Equal(["3"], content.Entries.Select(Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_append_elsewhere_than_at_the_end_conflicts_and_its_writer_stays_lost_until_it_loads(long expected)
    {
        IJournalStorage journal = await OpenAsync("a");
        await journal.AppendAsync(0, Entries("one"), CancellationToken.None);

        await AssertLostAsync(journal.AppendAsync(expected, Entries("x"), CancellationToken.None));
        await AssertLostAsync(journal.AppendAsync(1, Entries("x"), CancellationToken.None));

        Assert.Equal(["one"], (await journal.LoadAsync(CancellationToken.None)).Entries.Select(Text));
        await journal.AppendAsync(1, Entries("two"), CancellationToken.None);
        Assert.Equal(["one", "two"], await ReadAsync("a"));
    }

    [Theory]
    [InlineData("append")]
    [InlineData("long append")]
    [InlineData("snapshot")]
    public async Task The_older_of_two_activations_loses_is_told_so_and_harms_nothing(string act)
    {
        IJournalStorage older = await OpenAsync("a");
        await older.AppendAsync(0, Entries("kept", Long('k')), CancellationToken.None);
        IJournalStorage newer = await OpenAsync("a");
        await newer.LoadAsync(CancellationToken.None);
        await newer.AppendAsync(2, Entries("taken over"), CancellationToken.None);

        await AssertLostAsync(act switch
        {
            "append" => older.AppendAsync(2, Entries("lost"), CancellationToken.None),
            "long append" => older.AppendAsync(2, Entries(Long('l')), CancellationToken.None),
            _ => older.WritePagesAsync(2, Pages(("lost", "lost")), CancellationToken.None),
        });
        await AssertLostAsync(older.AppendAsync(2, Entries("lost"), CancellationToken.None));

        Assert.Equal(["kept", Long('k'), "taken over"], await ReadAsync("a"));
        await newer.AppendAsync(3, Entries(Long('n')), CancellationToken.None);
        Assert.Equal(["kept", Long('k'), "taken over", Long('n')], await ReadAsync("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Whoever_loaded_before_a_fence_can_write_no_more(int entries)
    {
        string[] kept = entries == 0 ? [] : ["one", Long('2')];
        if (entries > 0)
        {
            await (await OpenAsync("a")).AppendAsync(0, Entries(kept), CancellationToken.None);
        }

        IJournalStorage older = await OpenAsync("a");
        await older.LoadAsync(CancellationToken.None);
        IJournalStorage newer = await OpenAsync("a");
        await newer.LoadAsync(CancellationToken.None);

        await newer.FenceAsync(entries, CancellationToken.None);

        await AssertLostAsync(older.AppendAsync(entries, Entries("lost"), CancellationToken.None));
        Assert.Equal(kept, await ReadAsync("a"));
        await newer.FenceAsync(entries, CancellationToken.None);
        await newer.AppendAsync(entries, Entries("next"), CancellationToken.None);
        string[] after = [.. kept, "next"];
        Assert.Equal(after, await ReadAsync("a"));
    }

    [Fact]
    public async Task A_fence_tells_that_another_one_has_written()
    {
        IJournalStorage one = await OpenAsync("a");
        await one.LoadAsync(CancellationToken.None);
        await (await OpenAsync("a")).AppendAsync(0, Entries("first"), CancellationToken.None);

        await AssertLostAsync(one.FenceAsync(0, CancellationToken.None));

        Assert.Equal(["first"], await ReadAsync("a"));
    }

    [Theory]
    [InlineData("first", "second")]
    [InlineData("long", "second")]
    [InlineData("long", "long")]
    public async Task Of_two_that_write_the_first_entry_of_a_new_key_one_is_acknowledged_and_the_other_loses(string one, string other)
    {
        for (int race = 0; race < Races; race++)
        {
            string key = $"new-{race}";
            string[] entries = [one == "long" ? Long('1') : one, other == "long" ? Long('2') : other];
            IJournalStorage[] journals = [await OpenAsync(key), await OpenAsync(key)];
            await Task.WhenAll(journals.Select(journal => journal.LoadAsync(CancellationToken.None)));

            bool[] acknowledged = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(
                () => IsAcknowledgedAsync(journals[number].AppendAsync(0, Entries(entries[number]), CancellationToken.None)))));

            Assert.Single(acknowledged, won => won);
            Assert.Equal([entries[Array.IndexOf(acknowledged, true)]], await ReadAsync(key));
        }
    }

    [Fact]
    public async Task However_two_activations_race_exactly_what_was_acknowledged_is_kept()
    {
        var random = new Random(20260105);
        List<string> kept = [];
        for (int race = 0; race < Races; race++)
        {
            IJournalStorage[] journals = [await OpenAsync("a"), await OpenAsync("a")];
            int racing = race;
            (string Act, string Entry)[] plans = [.. Enumerable.Range(0, 2).Select(number => (
                random.Next(4) switch { 0 => "snapshot", 1 => "late", _ => "append" },
                random.Next(2) == 0 ? $"{racing}.{number}" : $"{racing}.{number}" + Long('r')))];
            foreach (var (journal, plan) in journals.Zip(plans).Where(pair => pair.Second.Act != "late"))
            {
                await journal.LoadAsync(CancellationToken.None);
            }

            bool[] acknowledged = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(
                () => IsAcknowledgedAsync(RaceAsync(journals[number], plans[number].Act, kept, plans[number].Entry)))));

            // Whoever loads within the race may find what the other one wrote, and go on behind it.
            List<string> found = await ReadAllAsync();
            string[] gained = [.. plans.Where((plan, number) => acknowledged[number] && plan.Act != "snapshot").Select(plan => plan.Entry)];
            Assert.Equal(kept, found.Take(kept.Count));
            Assert.Equal(gained.Order(StringComparer.Ordinal), found.Skip(kept.Count).Order(StringComparer.Ordinal));
            Assert.True(gained.Length < 2 || plans.Any(plan => plan.Act == "late"), "Both activations were acknowledged.");
            kept = found;
        }

        Assert.NotEmpty(kept);
    }

    private static async Task RaceAsync(IJournalStorage journal, string act, List<string> kept, string entry)
    {
        if (act == "snapshot")
        {
            // The page stands for all that was kept before the race.
            await journal.WritePagesAsync(kept.Count, Pages(("all", string.Join('|', kept))), CancellationToken.None);
            return;
        }

        long position = kept.Count;
        if (act == "late")
        {
            JournalContent content = await journal.LoadAsync(CancellationToken.None);
            position = content.SnapshotPosition + content.Entries.Length;
        }

        await journal.AppendAsync(position, Entries(entry), CancellationToken.None);
    }

    private static async Task<bool> IsAcknowledgedAsync(Task call)
    {
        try
        {
            await call;
            return true;
        }
        catch (StorageException lost) when (lost.Code == ErrorCodes.JournalConflict)
        {
            return false;
        }
    }

    private static async Task AssertLostAsync(Task call)
    {
        var lost = await Assert.ThrowsAsync<StorageException>(() => call);

        Assert.Equal((ErrorCodes.JournalConflict, false), (lost.Code, lost.IsTransient));
    }

    private static string Long(char letter) => new(letter, LongEntry);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static ImmutableArray<ReadOnlyMemory<byte>> Entries(params string[] texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    private static ImmutableArray<JournalPage> Pages(params (string Name, string? Text)[] pages) =>
    [
        .. pages.Select(page => page.Text is null
            ? new JournalPage(page.Name, null)
            : new JournalPage(page.Name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(page.Text)))),
    ];

    private async Task<string[]> ReadAsync(string key) => [.. (await (await OpenAsync(key)).LoadAsync(CancellationToken.None)).Entries.Select(Text)];

    private async Task<List<string>> ReadAllAsync()
    {
        JournalContent content = await (await OpenAsync("a")).LoadAsync(CancellationToken.None);
        string[] paged = [.. content.Pages.SelectMany(page => Text(page.Content!.Value).Split('|', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(content.SnapshotPosition, paged.Length);
        return [.. paged, .. content.Entries.Select(Text)];
    }
}
