using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Identity;
using Xunit;

namespace OrleansScheduler.Core.Tests.Clocks;

public sealed class ClockStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly ClockState _state = new();

    [Fact]
    public void Who_waits_for_a_start_is_named_until_it_knows_the_present_one()
    {
        var state = new ClockState();
        ScheduleId one = ScheduleId.Of("owner", "one");
        ScheduleId other = ScheduleId.Of("owner", "other");
        state.Apply(new ClockEntry(one, new Attention(1, null, "")));
        state.Apply(new ClockEntry(other, new Attention(1, null, "1")));

        ScheduleId[] atFirst = [.. state.Awaiting("1").Select(entry => entry.Schedule)];
        state.Apply(new ClockEntry(one, new Attention(2, null, "1")));
        ScheduleId[] answered = [.. state.Awaiting("1").Select(entry => entry.Schedule)];
        ScheduleId[] restarted = [.. state.Awaiting("2").Select(entry => entry.Schedule)];
        state.Apply(new ClockEntry(other, new Attention(2, null)));

        Assert.Equal([one], atFirst);
        Assert.Empty(answered);
        Assert.Equal([one, other], restarted.OrderBy(id => id.ToString(), StringComparer.Ordinal));
        Assert.Equal([one], state.Awaiting("2").Select(entry => entry.Schedule));
    }

    [Fact]
    public void What_is_due_comes_earliest_first_and_nothing_else()
    {
        Note("late", 1, 30);
        Note("early", 1, 10);
        Note("same", 1, 10);
        Note("future", 1, 31);

        var due = _state.DueAt(Start.AddSeconds(30)).Select(entry => entry.Schedule.Name);

        Assert.Equal(["early", "same", "late"], due);
        Assert.Equal((4, Start.AddSeconds(10)), (_state.Count, _state.Earliest));
    }

    [Fact]
    public void The_highest_number_of_a_schedule_wins()
    {
        Note("a", 2, 20);

        Note("a", 1, 5);
        Note("a", 2, 6);
        var before = _state.Earliest;
        Note("a", 3, 40);

        Assert.Equal(Start.AddSeconds(20), before);
        Assert.Equal((1, Start.AddSeconds(40)), (_state.Count, _state.Earliest));
    }

    [Fact]
    public void Only_a_greater_number_is_news()
    {
        Note("a", 2, 20);

        Assert.False(_state.IsNews(Id("a"), new Attention(2, null)));
        Assert.True(_state.IsNews(Id("a"), new Attention(3, null)));
        Assert.True(_state.IsNews(Id("b"), new Attention(0, null)));
    }

    [Fact]
    public void A_schedule_that_wants_no_attention_keeps_its_number()
    {
        Note("a", 1, 10);

        Note("a", 2, null);
        Note("a", 1, 10);

        Assert.Equal((0, null), (_state.Count, _state.Earliest));
        Assert.False(_state.IsNews(Id("a"), new Attention(2, Start)));
    }

    [Fact]
    public void It_is_the_same_after_it_was_stored() => Seeded.Rounds(20, random =>
    {
        var state = new ClockState();
        for (int step = 0; step < 200; step++)
        {
            DateTimeOffset? due = random.Next(4) == 0 ? null : Start.AddSeconds(random.Next(50));
            state.Apply(new ClockEntry(Id($"s{random.Next(20)}"), new Attention(random.Next(30), due)));
        }

        var copy = new ClockState();
        state.WriteChangedPages((name, content) => copy.ReadPage(name, content));
        copy.PagesRead();

        Assert.Equal(state.DueAt(DateTimeOffset.MaxValue), copy.DueAt(DateTimeOffset.MaxValue));
        Assert.All(
            Enumerable.Range(0, 20).SelectMany(number => Enumerable.Range(0, 31).Select(attention => (Id($"s{number}"), new Attention(attention, null)))),
            pair => Assert.Equal(state.IsNews(pair.Item1, pair.Item2), copy.IsNews(pair.Item1, pair.Item2)));
    });

    private static ScheduleId Id(string name) => ScheduleId.Of("owner", name);

    private void Note(string name, long number, int? seconds) =>
        _state.Apply(new ClockEntry(Id(name), new Attention(number, seconds is { } due ? Start.AddSeconds(due) : null)));
}
