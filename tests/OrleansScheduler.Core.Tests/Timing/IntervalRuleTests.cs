using OrleansScheduler.Core.Tests.Histories;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class IntervalRuleTests
{
    private static readonly DateTimeOffset Anchor = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly IntervalRule _everyMinute = new(Anchor, TimeSpan.FromMinutes(1));

    [Fact]
    public void The_next_instant_lies_strictly_after_the_one_asked_for()
    {
        Assert.Equal(Anchor.AddMinutes(1), _everyMinute.NextAfter(Anchor));
        Assert.Equal(Anchor.AddMinutes(1), _everyMinute.NextAfter(Anchor.AddSeconds(59)));
        Assert.Equal(Anchor, _everyMinute.NextAfter(Anchor.AddTicks(-1)));
    }

    [Fact]
    public void Instants_reach_back_before_the_anchor()
    {
        Assert.Equal(Anchor.AddDays(-400).AddMinutes(1), _everyMinute.NextAfter(Anchor.AddDays(-400)));
        Assert.Equal(Anchor.AddMinutes(-1), _everyMinute.NextAfter(Anchor.AddSeconds(-90)));
    }

    [Fact]
    public void Counting_leaves_out_the_first_end_and_includes_the_second()
    {
        Assert.Equal(3, _everyMinute.CountBetween(Anchor, Anchor.AddMinutes(3)));
        Assert.Equal(2, _everyMinute.CountBetween(Anchor, Anchor.AddMinutes(3).AddTicks(-1)));
        Assert.Equal(0, _everyMinute.CountBetween(Anchor, Anchor));
        Assert.Equal(0, _everyMinute.CountBetween(Anchor.AddMinutes(3), Anchor));
    }

    [Fact]
    public void Beyond_the_calendar_there_is_no_next_instant()
    {
        var yearly = new IntervalRule(Anchor, IntervalRule.PeriodMax);

        Assert.Null(yearly.NextAfter(DateTimeOffset.MaxValue.AddDays(-1)));
        Assert.Equal(DateTimeOffset.MinValue.Year, yearly.NextAfter(DateTimeOffset.MinValue)!.Value.Year);
    }

    [Fact]
    public void The_offset_of_an_instant_does_not_matter()
    {
        var elsewhere = Anchor.ToOffset(TimeSpan.FromHours(5.5));

        Assert.Equal(Anchor.AddMinutes(1), new IntervalRule(elsewhere, TimeSpan.FromMinutes(1)).NextAfter(elsewhere));
        Assert.Equal(TimeSpan.Zero, new IntervalRule(elsewhere, TimeSpan.FromMinutes(1)).NextAfter(elsewhere)!.Value.Offset);
    }

    [Fact]
    public void Without_an_anchor_the_creation_is_one()
    {
        var trigger = new IntervalTrigger(TimeSpan.FromMinutes(1));

        Assert.Equal(new IntervalRule(Anchor.AddSeconds(7), trigger.Period), IntervalRule.Of(trigger, Anchor.AddSeconds(7)));
        Assert.Equal(_everyMinute, IntervalRule.Of(trigger with { Anchor = Anchor }, Anchor.AddSeconds(7)));
    }

    [Fact]
    public void It_agrees_with_stepping_from_instant_to_instant() => Seeded.Rounds(200, random =>
    {
        var period = TimeSpan.FromTicks(random.NextInt64(IntervalRule.PeriodMin.Ticks, TimeSpan.FromHours(1).Ticks));
        var rule = new IntervalRule(Anchor, period);
        var from = Anchor + (period * (random.Next(-50, 50) + (random.Next(2) * random.NextDouble())));
        var until = from + (period * random.Next(0, 100)) + TimeSpan.FromTicks(random.NextInt64(period.Ticks));

        List<DateTimeOffset> stepped = [];
        for (var instant = Anchor - (period * 200); instant <= until; instant += period)
        {
            if (instant > from)
            {
                stepped.Add(instant);
            }
        }

        List<DateTimeOffset> found = [];
        for (var instant = rule.NextAfter(from); instant <= until; instant = rule.NextAfter(instant.Value))
        {
            found.Add(instant.Value);
        }

        Assert.Equal(stepped, found);
        Assert.Equal(stepped.Count, rule.CountBetween(from, until));
    });
}
