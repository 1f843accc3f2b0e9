using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage;

public sealed class JournalLoadTests
{
    private static readonly JournalOptions Raised = new() { WritesNewestFormats = true };
    private static readonly JournalOptions Often = new() { SnapshotBytesMin = 20 };

    private readonly ScriptedJournal _storage = new();

    [Fact]
    public void An_empty_journal_is_the_empty_state()
    {
        var journal = new WordJournal(_storage);

        Assert.Equal(0, journal.Journal.Position);
        Assert.Empty(journal.State.All);
        Assert.True(journal.Journal.DurableAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void Entries_are_folded_in_order_and_the_next_one_follows_them()
    {
        new WordJournal(_storage).Append("b", "a", "-b", "b2");

        var journal = new WordJournal(_storage);
        journal.Append("c");

        Assert.Equal(["a", "b2", "c"], journal.State.All);
        Assert.Equal("append 4+1", _storage.Calls[^1]);
    }

    [Fact]
    public void A_snapshot_and_the_entries_after_it_are_the_same_state() => Seeded.Rounds(200, random =>
    {
        var storage = new ScriptedJournal();
        var journal = new WordJournal(storage, Often);
        for (int turn = 0; turn < 30; turn++)
        {
            journal.Append([.. Enumerable.Range(0, random.Next(4)).Select(_ => Word(random, journal.State))]);
            if (random.Next(10) == 0)
            {
                storage.FailNext(new StorageException(ErrorCodes.StorageFailed, "broken"));
                journal.Append("x");
                journal = new WordJournal(storage, Often);
            }
        }

        var copy = new WordJournal(storage, Often);

        Assert.True(copy.Loading.IsCompletedSuccessfully);
        Assert.Equal(journal.State.All, copy.State.All);
        Assert.Equal(journal.Journal.Position, copy.Journal.Position);
    });

    [Fact]
    public void A_damaged_bit_anywhere_in_an_entry_is_reported_as_damage()
    {
        new WordJournal(_storage).Append("a", "word");

        for (int bit = 0; bit < _storage.Entries[1].Length * 8; bit++)
        {
            _storage.Entries[1][bit / 8] ^= (byte)(1 << (bit % 8));
            var fault = Assert.IsType<CorruptStateException>(new WordJournal(_storage).Loading.Exception!.InnerException);
            Assert.Equal(("test/owner/name", "entry 2"), (fault.Details["journal"], fault.Details["row"]));
            _storage.Entries[1][bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(new WordJournal(_storage).Loading.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_damaged_bit_anywhere_in_a_page_is_reported_as_damage()
    {
        new WordJournal(_storage, Often).Append("a", "bbbbbbbbbbbbbbbbbbbbb");
        byte[] page = _storage.Pages["b"];

        for (int bit = 0; bit < page.Length * 8; bit++)
        {
            page[bit / 8] ^= (byte)(1 << (bit % 8));
            var fault = Assert.IsType<CorruptStateException>(new WordJournal(_storage).Loading.Exception!.InnerException);
            Assert.Equal("page b", fault.Details["row"]);
            page[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_torn_entry_is_reported_as_damage(int length)
    {
        new WordJournal(_storage).Append("word");
        _storage.Entries[0] = _storage.Entries[0][..length];

        Assert.IsType<CorruptStateException>(new WordJournal(_storage).Loading.Exception!.InnerException);
    }

    [Fact]
    public void An_entry_that_fits_its_checksum_but_makes_no_sense_is_reported_as_damage()
    {
        new WordJournal(_storage).Append("cannot be read");

        var fault = Assert.IsType<CorruptStateException>(new WordJournal(_storage).Loading.Exception!.InnerException);

        Assert.Equal("entry 1", fault.Details["row"]);
    }

    [Fact]
    public void Entries_of_a_newer_version_are_refused_and_left_alone()
    {
        new WordJournal(_storage, Raised, format: 2).Append("a");

        var fault = Assert.IsType<StorageException>(new WordJournal(_storage).Loading.Exception!.InnerException);

        Assert.Equal((ErrorCodes.StorageFormat, false), (fault.Code, fault.IsTransient));
        Assert.Equal(["append 0+1"], _storage.Calls);
        Assert.True(new WordJournal(_storage, format: 3).Loading.IsCompletedSuccessfully);
    }

    [Fact]
    public void What_is_written_can_be_read_by_the_release_before_until_an_operator_raises_it()
    {
        new WordJournal(_storage, format: 3).Append("a");
        Assert.Equal(["a"], new WordJournal(_storage, format: 2).State.All);

        new WordJournal(_storage, Raised, format: 3).Append("b");
        var refusal = Assert.IsType<StorageException>(new WordJournal(_storage, format: 2).Loading.Exception!.InnerException);
        Assert.Equal(ErrorCodes.StorageFormat, refusal.Code);

        // Whatever it writes itself, a release reads both.
        Assert.Equal(["a", "b"], new WordJournal(_storage, format: 3).State.All);
        Assert.Equal(["a", "b"], new WordJournal(_storage, Raised, format: 4).State.All);
    }

    [Fact]
    public void Pages_of_a_newer_version_are_refused_and_left_alone()
    {
        new WordJournal(_storage, Often).Append("aaaaaaaaaaaaaaaaaaaaaaaaaa");
        _storage.Pages["a"] = Frame.Seal(SnapshotFormat.Newest + 1, []);

        var fault = Assert.IsType<StorageException>(new WordJournal(_storage).Loading.Exception!.InnerException);

        Assert.Equal(ErrorCodes.StorageFormat, fault.Code);
    }

    private static string Word(Random random, Words words)
    {
        var all = words.All.ToArray();
        return all.Length > 0 && random.Next(3) == 0 ? "-" + all[random.Next(all.Length)] : $"{(char)('a' + random.Next(5))}{random.Next(1_000)}";
    }
}
