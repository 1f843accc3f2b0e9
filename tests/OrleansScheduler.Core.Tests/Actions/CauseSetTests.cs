using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Documents;
using Xunit;

namespace OrleansScheduler.Core.Tests.Actions;

public sealed class CauseSetTests
{
    private readonly CauseSet _causes = new();

    [Fact]
    public void It_is_empty_until_somebody_adds_a_cause()
    {
        bool before = _causes.IsEmpty;

        _causes.AddRead(Key("a"), new ReadMark(1, 1, 0));

        Assert.True(before);
        Assert.False(_causes.IsEmpty);
    }

    [Fact]
    public void One_read_has_one_cause_and_the_newest_counts()
    {
        _causes.AddRead(Key("a"), new ReadMark(1, 1, 0));
        _causes.AddRead(Key("a"), new ReadMark(2, 5, 3));
        _causes.AddRead(new ReadKey(Address.Parse("a"), ReadDepth.Shallow), new ReadMark(3, 5, 3));

        Assert.Equal(2, _causes.Count);
        Assert.Equal(new ReadMark(2, 5, 3) { First = 1 }, _causes.Reads[Key("a")]);
    }

    [Fact]
    public void Of_each_forcing_kind_but_the_manual_one_the_newest_stays()
    {
        _causes.Add(new FirstCause(1));
        _causes.Add(new RetryCause(2, 1));
        _causes.Add(new ManualCause(3, "a"));
        _causes.Add(new RetryCause(4, 2));
        _causes.Add(new ManualCause(5, "b"));
        _causes.Add(new FingerprintCause(6, "x", "y"));
        _causes.Add(new UnknownCause(7, "lost"));

        Assert.Equal([1, 3, 4, 5, 6, 7], _causes.Forcing.Select(cause => cause.Number));
    }

    [Fact]
    public void Of_manual_causes_the_first_nine_and_the_newest_stay()
    {
        Mark(1, 12);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 12], _causes.Forcing.Select(cause => cause.Number));
    }

    [Fact]
    public void A_run_tells_why_it_began_however_often_somebody_asks_meanwhile()
    {
        Mark(1, 1);
        Mark(2, 40);

        AnsweredCauses answered = _causes.Answer(causeHigh: 1, sequence: 0);

        Assert.Equal([1], answered.Forcing.Select(cause => cause.Number));
        Assert.Equal(40, _causes.Forcing[^1].Number);
    }

    [Fact]
    public void A_run_answers_forcing_causes_up_to_its_number_and_reads_up_to_its_sequence()
    {
        _causes.Add(new ManualCause(1, "early"));
        _causes.Add(new ManualCause(9, "late"));
        _causes.AddRead(Key("old"), new ReadMark(8, 4, 0));
        _causes.AddRead(Key("new"), new ReadMark(2, 5, 0));

        var answered = _causes.Answer(causeHigh: 8, sequence: 4);

        Assert.Equal(2, answered.Count);
        Assert.Equal([1], answered.Forcing.Select(cause => cause.Number));
        Assert.Equal([Key("old")], answered.Reads.Select(read => read.Key));
        Assert.Equal([9], _causes.Forcing.Select(cause => cause.Number));
        Assert.Equal([Key("new")], _causes.Reads.Keys);
    }

    [Fact]
    public void A_value_that_changed_before_a_run_and_again_during_it_is_answered_and_stays()
    {
        _causes.AddRead(Key("a"), new ReadMark(1, 4, 0));
        _causes.AddRead(Key("a"), new ReadMark(2, 7, 0));

        var first = _causes.Answer(causeHigh: 1, sequence: 5);
        var second = _causes.Answer(causeHigh: 2, sequence: 6);
        var third = _causes.Answer(causeHigh: 2, sequence: 7);

        Assert.Equal((1, 0, 1), (first.Count, second.Count, third.Count));
        Assert.Equal(4, first.Reads[0].Mark.First);
        Assert.True(_causes.IsEmpty);
    }

    [Fact]
    public void Clearing_the_reads_leaves_the_forcing_causes()
    {
        _causes.Add(new FirstCause(1));
        _causes.AddRead(Key("a"), new ReadMark(2, 1, 0));

        _causes.ClearReads();

        Assert.Equal(1, _causes.Count);
        Assert.False(_causes.IsEmpty);
    }

    [Fact]
    public void It_is_a_mere_repetition_when_nothing_but_the_failure_asks_for_it()
    {
        _causes.Add(new RetryCause(1, 1));
        bool alone = _causes.IsRetryOnly;
        _causes.AddRead(Key("a"), new ReadMark(2, 1, 0));
        bool withRead = _causes.IsRetryOnly;
        _causes.ClearReads();
        _causes.Add(new ManualCause(3, "who"));

        Assert.Equal((true, false, false), (alone, withRead, _causes.IsRetryOnly));
    }

    private void Mark(int first, int last)
    {
        for (int number = first; number <= last; number++)
        {
            _causes.Add(new ManualCause(number, $"who {number}"));
        }
    }

    private static ReadKey Key(string address) => new(Address.Parse(address), ReadDepth.Deep);
}
