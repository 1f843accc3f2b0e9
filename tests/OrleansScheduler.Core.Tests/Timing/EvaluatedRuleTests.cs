using OrleansScheduler.Core.Timing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Timing;

public sealed class EvaluatedRuleTests
{
    private static readonly DateTimeOffset Noon = CronTimes.Instant("2026-01-05T12:00Z");
    private static readonly ScheduleDefinition Hourly = new(new CronTrigger("0 * * * *"), new HandlerTarget("nothing"));

    [Fact]
    public void Where_an_evaluator_answers_its_instants_count_and_its_name_is_told()
    {
        Timetable timetable = Timetable.Of(Hourly, ScheduleId.Of("owner", "s"), Noon, new Evaluator(after => after.AddMinutes(7)));

        Assert.Equal([Noon.AddMinutes(7), Noon.AddMinutes(14)], timetable.Next(Noon, 2));
        Assert.Contains("by somebody", timetable.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_evaluator_leaves_is_told_as_ever()
    {
        Timetable timetable = Timetable.Of(Hourly, ScheduleId.Of("owner", "s"), Noon, new Evaluator(null));

        Assert.Equal([Noon.AddHours(1), Noon.AddHours(2)], timetable.Next(Noon, 2));
        Assert.DoesNotContain("somebody", timetable.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluator_that_does_not_move_on_holds_nobody_up()
    {
        Timetable timetable = Timetable.Of(Hourly, ScheduleId.Of("owner", "s"), Noon, new Evaluator(after => after.AddHours(-1)));

        Assert.Equal([Noon.AddHours(1), Noon.AddHours(2)], timetable.Next(Noon, 2));
    }

    [Fact]
    public void An_expression_that_the_scheduler_refuses_is_refused_whoever_else_would_read_it()
    {
        ScheduleDefinition wrong = Hourly with { Trigger = new CronTrigger("@every_second") };

        var fault = Assert.Throws<Errors.SchedulerException>(
            () => Timetable.Of(wrong, ScheduleId.Of("owner", "s"), Noon, new Evaluator(after => after.AddSeconds(1))));

        Assert.Equal(Errors.ErrorCodes.CronInvalid, fault.Code);
    }

    private sealed class Evaluator(Func<DateTimeOffset, DateTimeOffset?>? next) : ICronEvaluator
    {
        public string Name => "somebody";

        public Func<DateTimeOffset, DateTimeOffset?>? Read(CronTrigger trigger, TimeZoneInfo zone) => next;
    }
}
