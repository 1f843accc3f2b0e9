using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Damaged rows are reported by name, and never read in part.</summary>
public sealed class RowDamageTests
{
    [Fact]
    public async Task Any_altered_shortened_lost_or_exchanged_row_in_use_is_named()
    {
        FaultyRows sound = await HistoryAsync();
        string[] used = await UsedAsync(sound);
        Assert.True(used.Length > 15, string.Join(' ', used));
        foreach (string row in used)
        {
            byte[] content = sound.Rows[row].Content.ToArray();
            for (int i = 0; i < content.Length; i += 1 + (content.Length / 40))
            {
                byte[] altered = [.. content];
                altered[i] ^= 0x10;
                await AssertNamedAsync(sound, row, altered);
                await AssertNamedAsync(sound, row, content[..i]);
            }

            await AssertNamedAsync(sound, row, null);
            await AssertNamedAsync(sound, row, [.. content, 0]);
            string other = used.First(name => name != row && name != "space.journal");
            await AssertNamedAsync(sound, row, sound.Rows[other].Content.ToArray());
        }
    }

    [Fact]
    public async Task An_older_version_of_a_row_in_use_is_named()
    {
        FaultyRows sound = await HistoryAsync();
        var used = (await UsedAsync(sound)).Where(row => row != "space.journal").ToHashSet();
        var older = sound.Replaced.Where(version => used.Contains(version.Name)).ToArray();
        Assert.NotEmpty(older);
        foreach (var (row, state) in older)
        {
            await AssertNamedAsync(sound, row, state.Content.ToArray());
        }
    }

    [Fact]
    public async Task A_row_of_another_journal_is_named()
    {
        FaultyRows sound = await HistoryAsync();
        var other = new FaultyRows();
        var journal = new OrleansScheduler.Core.Storage.Rows.RowJournal("space", "acme/other", other, new Random(1));
        await journal.AppendAsync(0, ["1"u8.ToArray()], CancellationToken.None);

        await AssertNamedAsync(sound, "space.journal", other.Rows["space.journal"].Content.ToArray());
    }

    [Fact]
    public async Task A_row_of_a_newer_format_is_refused_and_left_alone()
    {
        FaultyRows rows = await HistoryAsync();
        byte[] content = rows.Rows["space.journal"].Content.ToArray();
        byte[] newer = OrleansScheduler.Core.Storage.Frame.Seal(2, content.AsSpan(OrleansScheduler.Core.Storage.Frame.HeaderBytes));
        rows.Rows["space.journal"] = rows.Rows["space.journal"] with { Content = newer };

        var refusal = await Assert.ThrowsAsync<StorageException>(() => new NumberActor(rows, new Random(1)).LoadAsync([]));

        Assert.Equal(ErrorCodes.StorageFormat, refusal.Code);
    }

    private static async Task AssertNamedAsync(FaultyRows sound, string row, byte[]? content)
    {
        FaultyRows damaged = sound.Survivor();
        damaged.Rows.Remove(row);
        if (content is not null)
        {
            damaged.Rows[row] = new StoredState(content, "damaged");
        }

        var report = await Assert.ThrowsAsync<CorruptStateException>(() => new NumberActor(damaged, new Random(1)).Journal.LoadAsync(default));

        Assert.Equal(("space/acme/main", row), (report.Details["journal"], report.Details["row"]));
    }

    private static async Task<FaultyRows> HistoryAsync()
    {
        var rows = new FaultyRows();
        var actor = new NumberActor(rows, new Random(1), pages: 13);
        await actor.LoadAsync([]);
        for (int number = 1; number <= 80; number++)
        {
            await actor.AppendAsync(number);
            if (number % 30 == 0)
            {
                await actor.SnapshotAsync();
            }
        }

        return rows;
    }

    // Loading reads the rows in use and no others.
    private static async Task<string[]> UsedAsync(FaultyRows rows)
    {
        FaultyRows copy = rows.Survivor();
        await new NumberActor(copy, new Random(1)).Journal.LoadAsync(default);
        return [.. copy.Reads.Distinct()];
    }
}
