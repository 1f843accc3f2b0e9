using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>I5 and I8 without an actor: what storage holds is the same space again, and repeating what was answered changes nothing.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void The_entries_alone_are_the_same_space() => Seeded.Rounds(25, random =>
    {
        var history = new SpaceHistory(random);
        history.Steps(250);

        var copy = new SpaceState();
        foreach (SpaceEntry entry in history.Space.Entries)
        {
            copy.Apply(SpaceEntryCodecTests.RoundTrip(entry));
        }

        Assert.Equal(SpaceDump.Of(history.Space.State), SpaceDump.Of(copy));
    });

    [Fact]
    public void Pages_cut_at_random_moments_and_the_entries_after_them_are_the_same_space() => Seeded.Rounds(40, random =>
    {
        var history = new SpaceHistory(random);
        var stored = new StoredPages();
        for (int step = 0; step < 250; step++)
        {
            history.Step();
            if (random.Next(40) == 0)
            {
                stored.Cut(history.Space);
            }
        }

        var copy = stored.Load(history.Space, random);

        Assert.Equal(SpaceDump.Of(history.Space.State), SpaceDump.Of(copy));
    });

    [Fact]
    public void A_space_that_was_loaded_goes_on_and_is_stored_like_the_one_that_never_stopped() => Seeded.Rounds(25, random =>
    {
        var history = new SpaceHistory(random);
        var stored = new StoredPages();
        history.Steps(100);
        stored.Cut(history.Space);
        history.Steps(50);
        var copy = stored.Load(history.Space, random);
        int loaded = history.Space.Entries.Count;

        history.Steps(100);
        foreach (SpaceEntry entry in history.Space.Entries.Skip(loaded))
        {
            copy.Apply(SpaceEntryCodecTests.RoundTrip(entry));
        }

        // The copy has its own idea of what changed since the pages that it was loaded from.
        var again = stored.Load(copy, random);
        Assert.Equal(SpaceDump.Of(history.Space.State), SpaceDump.Of(copy));
        Assert.Equal(SpaceDump.Of(history.Space.State), SpaceDump.Of(again));
    });

    [Fact]
    public void Only_pages_that_changed_are_written()
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        space.Commit([.. Enumerable.Range(0, 100).Select(number => PureSpace.Set($"doc {number}", "1"))]);
        stored.Cut(space);

        space.Commit(PureSpace.Set("doc 7", "2"));
        stored.Cut(space);

        // The head, the document, the commits and the session.
        Assert.Equal(4, stored.LastWritten.Count);
        Assert.Contains("head", stored.LastWritten);
    }

    [Fact]
    public void The_last_1000_commits_are_remembered_through_pages() => Seeded.Rounds(3, random =>
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        for (int number = 1; number <= 2_350; number++)
        {
            space.Commit(PureSpace.Set("doc", $"{number}"));
            if (random.Next(300) == 0)
            {
                stored.Cut(space);
            }
        }

        var copy = stored.Load(space, random);

        Assert.Equal(1_351, copy.History.Oldest);
        Assert.Equal(SpaceDump.Of(space.State), SpaceDump.Of(copy));
        Assert.InRange(stored.Names.Count(name => name[0] == 'c'), 10, 24);
    });

    [Fact]
    public void Pages_of_forgotten_commits_are_removed()
    {
        var space = new PureSpace();
        var stored = new StoredPages();
        for (int number = 1; number <= 5_000; number++)
        {
            space.Commit(PureSpace.Set("doc", $"{number}"));
            if (number % 500 == 0)
            {
                stored.Cut(space);
            }
        }

        Assert.Equal(11, stored.Names.Count(name => name[0] == 'c'));
    }

    [Fact]
    public void Repeating_anything_that_was_answered_changes_nothing() => Seeded.Rounds(25, random =>
    {
        var history = new SpaceHistory(random);
        history.Steps(200);
        PureSpace space = history.Space;
        string before = SpaceDump.Of(space.State);

        foreach (SpaceEntry entry in space.Entries.ToArray())
        {
            Repeat(space, entry);
        }

        Assert.Equal(before, SpaceDump.Of(space.State));
    });

    // As a sender would repeat it that never heard the answer.
    private static void Repeat(PureSpace space, SpaceEntry entry)
    {
        switch (entry)
        {
            case SpaceEntry.Landed landed:
                space.Land(landed.Result);
                break;
            case SpaceEntry.Committed committed when space.State.Sessions.TryGet(committed.Session, out WriterSession? session)
                && session.TryGet(committed.LocalSequence, out SessionReceipt receipt) && receipt.Payload == committed.Payload:
                var request = new CommitRequest(committed.Session, committed.LocalSequence, [], committed.Operations);
                if (CommitPayload.HashOf(request) == committed.Payload)
                {
                    Assert.Equal(receipt.Receipt, space.Commit(request));
                }

                break;
            case SpaceEntry.Committed committed:
                var old = new CommitRequest(committed.Session, committed.LocalSequence, [], committed.Operations);
                if (space.State.Sessions.TryGet(committed.Session, out WriterSession? floor) && committed.LocalSequence < floor.Floor)
                {
                    Assert.Throws<SchedulerException>(() => space.Commit(old));
                }

                break;
        }
    }
}
