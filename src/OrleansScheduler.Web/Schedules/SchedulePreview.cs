using System.Collections.Immutable;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Web.Schedules;

/// <summary>What a schedule would be, without creating it.</summary>
/// <param name="Trigger">The rule in time.</param>
/// <param name="Description">When it is due, in words.</param>
/// <param name="Next">The next nominal instants, in UTC; none for a trigger that waits for a start.</param>
/// <param name="Definition">The whole definition.</param>
internal sealed record SchedulePreview(
    Trigger Trigger, string Description, ImmutableArray<DateTimeOffset> Next, ScheduleDefinition Definition)
{
    /// <summary>The name that stands for one that is not given: values of <c>H</c> follow from the name.</summary>
    public const string NameOtherwise = "preview";

    /// <summary>At most so many instants.</summary>
    public const int CountMax = 100;

    /// <summary>The preview of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="schedule">The schedule that it would be.</param>
    /// <param name="now">When it would be created.</param>
    /// <param name="from">The instants come after it.</param>
    /// <param name="count">At most so many instants, 1 to 100; no more than the definition may fire.</param>
    /// <param name="evaluator">Who tells when standard cron expressions are due in this process; null for the scheduler itself.</param>
    /// <exception cref="SchedulerException">What creating it would be refused with, but for an unknown handler.</exception>
    public static SchedulePreview Of(
        ScheduleDefinition definition, ScheduleId schedule, DateTimeOffset now, DateTimeOffset from, int count, ICronEvaluator? evaluator)
    {
        var timetable = Timetable.Of(definition, schedule, now, evaluator);
        var most = (int)Math.Min(count, definition.MaxFirings ?? count);
        return new SchedulePreview(
            definition.Trigger,
            timetable.Description,
            [.. timetable.Next(from, most).Select(instant => instant.ToUniversalTime())],
            definition);
    }
}
