using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

public sealed class JournalTests
{
    private readonly ScriptedJournal _storage = new();

    [Fact]
    public void What_one_turn_appends_travels_together()
    {
        var journal = new WordJournal(_storage);

        var durable = journal.Append("a", "b", "c");

        Assert.Equal(["append 0+3"], _storage.Calls);
        Assert.All(durable, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal(3, journal.Journal.Position);
    }

    [Fact]
    public void What_comes_during_a_write_goes_together_in_the_next()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        journal.Append("a");

        journal.Append("b");
        journal.Append("c", "d");
        journal.Turns.Run(_storage.ReleaseOne);

        Assert.Equal(["append 0+1", "append 1+3"], _storage.Calls);
    }

    [Fact]
    public void An_entry_is_folded_at_once_and_answered_when_it_is_durable()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;

        var durable = journal.Append("a").Single();
        var (before, wasWriting) = (durable.IsCompleted, journal.Journal.IsWriting);
        journal.Turns.Run(_storage.ReleaseOne);

        Assert.Equal(["a"], journal.State.All);
        Assert.Equal((false, true), (before, wasWriting));
        Assert.True(durable.IsCompletedSuccessfully);
        Assert.False(journal.Journal.IsWriting);
    }

    [Fact]
    public void A_read_waits_for_everything_that_it_saw()
    {
        var journal = new WordJournal(_storage);
        var atRest = journal.Journal.DurableAsync();
        _storage.IsHeld = true;
        journal.Append("a");
        var first = journal.Journal.DurableAsync();
        journal.Append("b");
        var second = journal.Journal.DurableAsync();

        journal.Turns.Run(_storage.ReleaseOne);

        Assert.True(atRest.IsCompletedSuccessfully);
        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        journal.Turns.Run(_storage.ReleaseOne);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_group_holds_no_more_entries_than_allowed()
    {
        var journal = new WordJournal(_storage, new JournalOptions { GroupEntriesMax = 3 });

        journal.Append(7);

        Assert.Equal(["append 0+3", "append 3+3", "append 6+1"], _storage.Calls);
    }

    [Fact]
    public void A_group_holds_no_more_bytes_than_allowed_but_a_large_entry_goes_alone()
    {
        var journal = new WordJournal(_storage, new JournalOptions { GroupBytesMax = 30 });

        journal.Append("aaaaa", "bbbbb", "ccccc", new string('d', 100), "e", "f");

        Assert.Equal(["append 0+3", "append 3+1", "append 4+2"], _storage.Calls);
    }

    [Fact]
    public void A_failed_append_is_of_unknown_outcome_for_everybody_who_waits()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        var written = journal.Append("a", "b");
        var queued = journal.Append("c");
        var read = journal.Journal.DurableAsync();

        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFull, "full")));

        foreach (Task task in written.Concat(queued).Append(read))
        {
            var fault = Assert.IsType<SchedulerException>(task.Exception!.InnerException);
            Assert.Equal((ErrorCodes.OutcomeUnknown, true, ErrorCodes.StorageFull), (fault.Code, fault.IsTransient, fault.Details["reason"]));
        }

        Assert.Equal(["append 0+2"], _storage.Calls);
    }

    [Fact]
    public void A_failed_append_ends_the_activation_once()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        journal.Append("a");

        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFailed, "broken")));

        Assert.Equal(ErrorCodes.OutcomeUnknown, Assert.IsType<SchedulerException>(journal.Context.Ends.Single()).Code);
    }

    [Fact]
    public void After_a_failed_append_nothing_is_taken_or_answered()
    {
        var journal = new WordJournal(_storage);
        _storage.FailNext(new StorageException(ErrorCodes.StorageFailed, "broken"));
        journal.Append("a");

        var read = journal.Journal.DurableAsync();
        var refusal = Assert.Throws<SchedulerException>(() => journal.Append("b"));

        Assert.Equal(ErrorCodes.OutcomeUnknown, refusal.Code);
        Assert.True(read.IsFaulted);
        Assert.Equal(["append 0+1"], _storage.Calls);
    }

    [Fact]
    public void An_append_that_landed_although_it_failed_is_there_for_the_next_activation()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        var durable = journal.Append("a").Single();
        journal.Turns.Run(() => _storage.FailOne(new StorageException(ErrorCodes.StorageFailed, "broken"), lands: true));
        _storage.IsHeld = false;

        var next = new WordJournal(_storage);

        Assert.True(durable.IsFaulted);
        Assert.Equal(["a"], next.State.All);
        Assert.Equal(1, next.Journal.Position);
    }

    [Fact]
    public void A_second_activation_loses()
    {
        var zombie = new WordJournal(_storage);
        var next = new WordJournal(_storage);
        next.Append("a");

        var lost = zombie.Append("b").Single();

        var fault = Assert.IsType<SchedulerException>(lost.Exception!.InnerException);
        Assert.Equal(ErrorCodes.JournalConflict, fault.Details["reason"]);
        Assert.Equal(["a"], new WordJournal(_storage).State.All);
    }

    [Fact]
    public void An_entry_that_cannot_be_folded_ends_the_activation_and_is_not_stored()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        var before = journal.Append("a").Single();

        var refusal = Assert.Throws<InvariantException>(() => journal.Append("cannot be folded"));

        Assert.Same(refusal, journal.Context.Ends.Single());
        Assert.True(before.IsFaulted);
        Assert.Equal(["append 0+1"], _storage.Calls);
    }

    [Fact]
    public void A_write_that_lands_after_the_activation_failed_changes_nothing_more()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        journal.Append("a");
        Assert.Throws<InvariantException>(() => journal.Append("cannot be folded"));

        journal.Turns.Run(_storage.ReleaseOne);

        Assert.Equal(["append 0+1"], _storage.Calls);
        Assert.True(journal.Journal.DurableAsync().IsFaulted);
        Assert.False(journal.Journal.IsWriting);
    }

    [Fact]
    public void The_wakeup_of_an_open_actor_is_held_before_its_first_entry_is_stored()
    {
        var journal = new WordJournal(_storage, isOpen: words => words.All.Contains("open"));

        journal.Append("a");
        journal.Append("open");
        journal.Append("b");

        Assert.Equal(["append 0+1", "wake", "append 1+1", "append 2+1"], _storage.Calls);
        Assert.Equal(journal.Context.Clock.GetUtcNow() + new JournalOptions().WakeupAhead, journal.Context.WakeAt);
    }

    [Fact]
    public void The_wakeup_of_an_actor_that_comes_up_open_is_held()
    {
        Func<Words, bool> isOpen = words => words.All.Contains("open");
        new WordJournal(_storage, isOpen: isOpen).Append("open");

        var next = new WordJournal(_storage, isOpen: isOpen);

        Assert.NotNull(next.Context.WakeAt);
    }

    [Fact]
    public void Where_one_process_has_the_storage_nobody_has_to_be_kept_out_and_a_stored_wakeup_is_there()
    {
        var alone = new ScriptedJournal { IsShared = false };
        new WordJournal(alone, isOpen: _ => true).Append("open");

        var next = new WordJournal(alone, isOpen: words => words.All.Contains("open"));
        next.Turns.Run(() => next.Journal.Wakeups.AnswerAsync(() => false));

        Assert.Equal(["wake", "append 0+1", "clear"], alone.Calls);
    }

    [Fact]
    public void Others_are_kept_out_before_the_wakeup_of_a_closed_actor_is_removed()
    {
        var journal = new WordJournal(_storage);
        journal.Append("a");

        journal.Turns.Run(() => journal.Journal.Wakeups.AnswerAsync(() => false));

        Assert.Equal(["append 0+1", "fence 1", "clear"], _storage.Calls);
    }

    [Fact]
    public void Who_learns_of_a_newer_writer_ends_and_leaves_the_wakeup()
    {
        var journal = new WordJournal(_storage);
        journal.Append("a");
        _storage.FailNext(new StorageException(ErrorCodes.JournalConflict, "Another one wrote.", isTransient: false));

        Task answered = journal.Turns.Run(() => journal.Journal.Wakeups.AnswerAsync(() => false));

        Assert.True(answered.IsFaulted);
        Assert.Single(journal.Context.Ends);
        Assert.DoesNotContain("clear", _storage.Calls);
    }

    [Fact]
    public void A_wakeup_that_cannot_be_held_fails_the_entry()
    {
        _storage.FailNext(new StorageException(ErrorCodes.StorageFailed, "broken"));
        var journal = new WordJournal(_storage, isOpen: _ => true);

        var durable = journal.Append("a").Single();

        Assert.True(durable.IsFaulted);
        Assert.Single(journal.Context.Ends);
    }

    [Fact]
    public void Flushing_waits_for_what_is_under_way()
    {
        var journal = new WordJournal(_storage);
        _storage.IsHeld = true;
        journal.Append("a");

        var flush = journal.Turns.Run(() => journal.Journal.FlushAsync(CancellationToken.None));
        bool before = flush.IsCompleted;
        journal.Turns.Run(_storage.ReleaseOne);

        Assert.False(before);
        Assert.True(flush.IsCompletedSuccessfully);
    }
}
