using OrleansScheduler.Actions;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Schedules;

/// <summary>A single instant that lies in the past when a schedule is defined.</summary>
public sealed class OnceInstantTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleId Id = ScheduleId.Of("owner", "nightly");

    private ScheduleFold _fold = new(Id);

    [Fact]
    public void It_is_late_and_not_unheard_of()
    {
        Create(new IntervalTrigger(TimeSpan.FromHours(1)), 0);

        Update(Once(90), 100);

        Assert.Equal([Start.AddSeconds(90)], Attend(100));
    }

    [Fact]
    public void Going_back_to_a_definition_whose_instant_has_run_does_not_run_it_again()
    {
        Create(Once(50), 60);
        Assert.Single(Attend(60));
        Update(new IntervalTrigger(TimeSpan.FromHours(1)), 70);

        ReadAgain();
        Update(Once(50), 80);

        Assert.Empty(Attend(90));
        Assert.Equal(1, _fold.Detail().Counters.Due);
    }

    [Fact]
    public void Going_back_to_one_that_was_skipped_does_not_run_it_either()
    {
        Create(new IntervalTrigger(TimeSpan.FromHours(1)), 0);
        Update(Once(50), 1_000);
        Assert.Empty(Attend(1_000));
        Update(new IntervalTrigger(TimeSpan.FromHours(1)), 1_010);

        Update(Once(50), 1_020);

        Assert.Empty(Attend(1_020));
        Assert.Equal((1, 1), (_fold.Detail().Counters.Due, _fold.Detail().Counters.SkippedMissed));
    }

    [Fact]
    public void None_that_is_earlier_than_one_that_has_run_runs_either()
    {
        Create(Once(50), 60);
        Attend(60);
        Update(Once(70), 80);
        Assert.Equal([Start.AddSeconds(70)], Attend(80));

        Update(Once(50), 90);

        Assert.Empty(Attend(100));
        Assert.Equal(2, _fold.Detail().Counters.Due);
    }

    [Fact]
    public void One_in_the_future_is_due_whatever_has_run()
    {
        Create(Once(50), 60);
        Attend(60);

        Update(Once(200), 90);

        Assert.Equal([Start.AddSeconds(200)], Attend(200));
    }

    [Fact]
    public void Another_life_of_the_schedule_knows_nothing_of_it()
    {
        Create(Once(50), 60);
        Attend(60);
        _fold.Apply(new ScheduleEntry.Deleted("me", Start.AddSeconds(70)));

        Create(Once(50), 80);

        Assert.Equal([Start.AddSeconds(50)], Attend(80));
    }

    private static OnceTrigger Once(int second) => new(Start.AddSeconds(second));

    private static ScheduleDefinition Definition(Trigger trigger) => new(trigger, new HandlerTarget("work")) { Overlap = OverlapPolicy.Allow };

    private void Create(Trigger trigger, int at) => _fold.Apply(new ScheduleEntry.Created(Definition(trigger), "0000000a", Start.AddSeconds(at)));

    // As the actor does it: what was due before has its fate before it is defined anew.
    private void Update(Trigger trigger, int at)
    {
        Attend(at);
        _fold.Apply(new ScheduleEntry.Updated(Definition(trigger), "me", Start.AddSeconds(at)));
    }

    private IEnumerable<DateTimeOffset> Attend(int at)
    {
        if (_fold.Settle(Start.AddSeconds(at)) is not { } settled)
        {
            return [];
        }

        _fold.Apply(settled);
        return settled.Started;
    }

    private void ReadAgain()
    {
        var copy = new ScheduleFold(Id);
        _fold.WriteChangedPages((name, content) => copy.ReadPage(name, content));
        _fold = copy;
    }
}
