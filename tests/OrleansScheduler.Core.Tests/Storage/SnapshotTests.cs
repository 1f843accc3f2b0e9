using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

public sealed class SnapshotTests
{
    // An entry of a letter and nine digits takes 15 bytes in storage, and so does a page of one of them.
    private static readonly JournalOptions Often = new() { SnapshotBytesMin = 40 };

    private readonly ScriptedJournal _storage = new();

    [Fact]
    public void A_snapshot_follows_once_enough_was_appended_and_holds_the_pages_that_changed()
    {
        var journal = new WordJournal(_storage, Often);

        journal.Append(Word('a'));
        journal.Append(Word('b'));
        journal.Append(Word('a'));
        journal.Append(Word('c'));

        Assert.Equal(["append 0+1", "append 1+1", "append 2+1", "pages 3 a b", "truncate 3", "append 3+1"], _storage.Calls);
    }

    [Fact]
    public void The_next_snapshot_waits_for_as_much_as_the_last_one_wrote()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append([.. "abcdef".Select(Word)]);

        for (int turn = 0; turn < 6; turn++)
        {
            journal.Append(Word('a'));
        }

        // The first one wrote six pages of 15 bytes; so 90 bytes are not enough for the next.
        Assert.Equal(["pages 6 a b c d e f"], _storage.CallsOf("pages"));
        journal.Append(Word('a'));
        Assert.Equal("pages 13 a", _storage.CallsOf("pages").Last());
    }

    [Fact]
    public void A_page_without_words_is_removed()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'), Word('b'), Word('b'));

        journal.Append("-" + Word('a'), Word('b'), Word('b'), Word('b'));

        Assert.Equal("pages 7 -a b", _storage.CallsOf("pages").Last());
        Assert.Equal(["b"], _storage.Pages.Keys);
    }

    [Fact]
    public void A_snapshot_is_written_only_when_all_entries_in_it_are_durable()
    {
        var journal = new WordJournal(_storage, Often);
        _storage.IsHeld = true;
        journal.Append(Word('a'), Word('b'), Word('c'));
        journal.Append(Word('d'));

        journal.Turns.Run(_storage.ReleaseOne);
        string[] before = [.. _storage.Calls];
        journal.Turns.Run(_storage.ReleaseOne);

        Assert.Equal(["append 0+3", "append 3+1"], before);
        Assert.Equal("pages 4 a b c d", _storage.Calls[^1]);
    }

    [Fact]
    public void Entries_that_come_while_pages_are_written_belong_to_the_next_snapshot()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'), Word('b'));
        _storage.IsHeld = true;
        journal.Append(Word('c'));
        journal.Turns.Run(_storage.ReleaseOne);

        journal.Append(Word('d'));
        while (_storage.Held > 0)
        {
            journal.Turns.Run(_storage.ReleaseOne);
        }

        Assert.Equal(["pages 3 a b c"], _storage.CallsOf("pages"));
        Assert.Equal([Word('a'), Word('b'), Word('c'), Word('d')], new WordJournal(_storage).State.All);
    }

    [Fact]
    public void Pages_that_could_not_be_written_cost_nobody_an_answer_and_are_tried_again_later()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'), Word('b'));
        _storage.IsHeld = true;
        var durable = journal.Append(Word('c')).Single();
        journal.Turns.Run(_storage.ReleaseOne);
        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFull, "full")));
        _storage.IsHeld = false;

        for (int turn = 0; turn < 4; turn++)
        {
            journal.Append(Word('d'));
        }

        Assert.True(durable.IsCompletedSuccessfully);
        Assert.Empty(journal.Context.Ends);
        Assert.Equal(["pages 3 a b c", "pages 3 a b c", "pages 7 d"], _storage.CallsOf("pages"));
        Assert.Equal(7, new WordJournal(_storage).State.All.Count());
    }

    [Fact]
    public void Entries_that_could_not_be_given_up_are_given_up_with_the_next_append()
    {
        var journal = new WordJournal(_storage, Often);
        FailTruncation(journal);

        journal.Append(Word('b'));

        Assert.Equal(["truncate 3", "truncate 3"], _storage.CallsOf("truncate"));
        Assert.Equal("truncate 3", _storage.Calls[^1]);
        Assert.Empty(journal.Context.Ends);
    }

    [Fact]
    public void Entries_that_could_not_be_given_up_are_given_up_at_rest()
    {
        var journal = new WordJournal(_storage, Often);
        FailTruncation(journal);

        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));
        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));

        Assert.Equal(["append 0+3", "pages 3 a", "truncate 3", "truncate 3"], _storage.Calls);
    }

    [Fact]
    public void Another_activations_snapshot_ends_this_one()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'), Word('b'));
        _storage.IsHeld = true;
        journal.Append(Word('c'));
        journal.Turns.Run(_storage.ReleaseOne);

        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.JournalConflict, "another one")));

        Assert.Single(journal.Context.Ends);
    }

    [Fact]
    public void At_an_orderly_end_a_quarter_of_the_usual_amount_is_worth_a_snapshot()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'));

        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));

        Assert.Equal(["append 0+1", "pages 1 a", "truncate 1"], _storage.Calls);
    }

    [Fact]
    public void A_snapshot_that_is_asked_for_is_written_however_little_there_is()
    {
        var journal = new WordJournal(_storage, new JournalOptions());
        journal.Append(Word('a'));

        journal.Turns.Run(() => journal.Journal.CutAsync());
        journal.Append(Word('b'));

        Assert.Equal(["append 0+1", "pages 1 a", "truncate 1", "append 1+1"], _storage.Calls);
    }

    [Theory]
    [InlineData(ErrorCodes.JournalConflict)]
    [InlineData(ErrorCodes.OutcomeUnknown)]
    public void What_waits_for_a_snapshot_fails_with_it(string code)
    {
        var journal = new WordJournal(_storage, new JournalOptions());
        journal.Append(Word('a'));
        _storage.IsHeld = true;
        Task cut = journal.Turns.Run(() => journal.Journal.CutAsync());
        Task waiting = journal.Append(Word('b')).Single();
        bool before = waiting.IsCompleted;

        journal.Turns.Run(() => _storage.FailOne(
            code == ErrorCodes.JournalConflict ? new StorageException(code, "another one") : new SchedulerException(code, "nobody knows")));

        Assert.False(before);
        Assert.Equal((true, true), (cut.IsFaulted, waiting.IsFaulted));
        Assert.Single(journal.Context.Ends);
    }

    [Fact]
    public void What_waits_for_a_snapshot_at_rest_is_written_after_it()
    {
        var journal = new WordJournal(_storage, Often);
        journal.Append(Word('a'));
        _storage.IsHeld = true;
        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));

        Task waiting = journal.Append(Word('b')).Single();
        while (_storage.Held > 0)
        {
            journal.Turns.Run(_storage.ReleaseOne);
        }

        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.Equal(["append 0+1", "pages 1 a", "truncate 1", "append 1+1"], _storage.Calls);
    }

    [Fact]
    public void At_an_orderly_end_with_little_news_there_is_no_snapshot()
    {
        var journal = new WordJournal(_storage, new JournalOptions());
        journal.Append(Word('a'));

        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));

        Assert.Equal(["append 0+1"], _storage.Calls);
    }

    [Fact]
    public void What_was_loaded_counts_towards_the_next_snapshot()
    {
        new WordJournal(_storage).Append(Word('a'), Word('b'));
        var journal = new WordJournal(_storage, Often);

        journal.Append(Word('c'));

        Assert.Equal("pages 3 a b c", _storage.CallsOf("pages").Single());
    }

    [Fact]
    public void After_a_load_the_next_snapshot_waits_for_as_much_as_the_pages_that_were_loaded()
    {
        var before = new WordJournal(_storage, Often);
        before.Append([.. "abcdef".Select(Word)]);
        var journal = new WordJournal(_storage, Often);

        // Six pages of ten bytes, without their frames.
        for (int turn = 0; turn < 4; turn++)
        {
            journal.Append(Word('a'));
        }

        Assert.Equal(["pages 6 a b c d e f"], _storage.CallsOf("pages"));
        journal.Append(Word('a'));
        Assert.Equal("pages 11 a", _storage.CallsOf("pages").Last());
    }

    [Fact]
    public void A_state_that_knows_what_it_would_write_waits_for_that()
    {
        var journal = new WordJournal(_storage, Often);
        journal.State.ChangedBytes = 100;
        for (int turn = 0; turn < 6; turn++)
        {
            journal.Append(Word('a'));
        }

        Assert.Empty(_storage.CallsOf("pages"));
        journal.State.ChangedBytes = 50;
        journal.Append(Word('a'));
        Assert.Equal("pages 7 a", _storage.CallsOf("pages").Single());
    }

    [Fact]
    public void At_an_orderly_end_nothing_very_long_is_begun()
    {
        var journal = new WordJournal(_storage, new JournalOptions { SnapshotBytesMin = 40, RestBytesMax = 60 });
        journal.State.ChangedBytes = 61;
        journal.Append(Word('a'), Word('a'), Word('a'));

        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));
        string[] before = [.. _storage.CallsOf("pages")];
        journal.State.ChangedBytes = 60;
        journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));

        Assert.Empty(before);
        Assert.Equal(["pages 3 a"], _storage.CallsOf("pages"));
    }

    // A snapshot lands, and what it covers stays.
    private void FailTruncation(WordJournal journal)
    {
        _storage.IsHeld = true;
        journal.Append(Word('a'), Word('a'), Word('a'));
        journal.Turns.Run(_storage.ReleaseOne);
        journal.Turns.Run(_storage.ReleaseOne);
        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFull, "full")));
        _storage.IsHeld = false;
    }

    private static string Word(char letter) => $"{letter}123456789";
}
