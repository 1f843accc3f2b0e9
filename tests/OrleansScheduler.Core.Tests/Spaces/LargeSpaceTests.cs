using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Histories;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class LargeSpaceTests
{
    [Fact]
    public void Pages_of_the_first_layout_are_read_and_replaced_by_the_next_snapshot() => Seeded.Rounds(25, random =>
    {
        var history = new SpaceHistory(random);
        history.Steps(200);
        string before = SpaceDump.Of(history.Space.State);
        var stored = new StoredPages(FirstLayout.Of(history.Space.State));
        Assert.Contains(stored.Names, name => name[0] != 'c' && name.Contains('/', StringComparison.Ordinal));

        SpaceState loaded = stored.Load(random);
        SpaceState again = stored.Load(loaded, random);

        Assert.Equal(before, SpaceDump.Of(loaded));
        Assert.Equal(before, SpaceDump.Of(again));
        Assert.DoesNotContain(stored.Names, name => name[0] != 'c' && name.Contains('/', StringComparison.Ordinal));
    });

    [Fact]
    public void A_change_of_one_of_100000_documents_writes_little()
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        for (int number = 0; number < 100_000; number += 500)
        {
            int from = number;
            space.Commit([.. Enumerable.Range(from, 500).Select(document => PureSpace.Set($"document {document}", $"\"{new string('x', 120)}\""))]);
        }

        stored.Cut(space);
        long all = stored.BytesOfLastCut;

        space.Commit(PureSpace.Set("document 4711", "\"other\""));
        stored.Cut(space);

        Assert.True(all > 12_000_000, $"{all}");
        Assert.InRange(stored.BytesOfLastCut, 1, 200_000);
        Assert.Equal(SpaceDump.Of(space.State), SpaceDump.Of(stored.Load(space, new Random(1))));
    }

    [Fact]
    public void What_the_next_snapshot_writes_is_known_before()
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        space.Commit([.. Enumerable.Range(0, 400).Select(document => PureSpace.Set($"document {document}", $"\"{new string('x', 900)}\""))]);
        stored.Cut(space);
        SpaceState loaded = stored.Load(space, new Random(1));
        long atFirst = loaded.ChangedBytes!.Value;

        space.Commit(PureSpace.Set("document 1", "1"));
        loaded.Apply(space.Entries[^1]);
        long expected = loaded.ChangedBytes!.Value;
        stored.Load(loaded, new Random(1));

        Assert.Equal(0, atFirst);
        Assert.InRange(expected, stored.BytesOfLastCut / 2, stored.BytesOfLastCut * 2);
    }

    [Fact]
    public void What_the_next_snapshot_writes_does_not_grow_with_commits_that_are_forgotten()
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        space.Commit(PureSpace.Set("document", "0"));
        stored.Cut(space);
        for (int number = 1; number <= 20_000; number++)
        {
            space.Commit(PureSpace.Set("document", $"{number}"));
        }

        long expected = space.State.ChangedBytes!.Value;
        stored.Cut(space);

        Assert.InRange(expected, 0, stored.BytesOfLastCut * 2);
        Assert.InRange(stored.LastWritten.Count, 1, 16);
    }
}
