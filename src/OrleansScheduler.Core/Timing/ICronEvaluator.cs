using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>Tells when standard cron expressions are due, in place of <see cref="CronExpression"/>, which still reads and describes them.</summary>
/// <remarks>
/// A schedule remembers by its <see cref="Name"/> who tells its instants, from when it is defined until it is defined again: neither a
/// new evaluator nor one that is gone changes when a stored schedule is due.
/// </remarks>
public interface ICronEvaluator
{
    /// <summary>Stored with every schedule that it answers for, such as <c>cronos</c>. It names the answers: other answers, another name.</summary>
    string Name { get; }

    /// <summary>What tells the first occurrence strictly after an instant, in UTC, or null when none is left; null for a trigger that is left
    /// to <see cref="CronExpression"/>.</summary>
    /// <param name="trigger">Its expression has been accepted by <see cref="CronExpression"/>.</param>
    /// <param name="zone">The zone of the trigger.</param>
    Func<DateTimeOffset, DateTimeOffset?>? Read(CronTrigger trigger, TimeZoneInfo zone);
}
