using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What a definition of a schedule has to keep to.</summary>
internal static class DefinitionRules
{
    /// <exception cref="SchedulerException"><c>request_invalid</c>, <c>unknown_handler</c>.</exception>
    public static void Check(ScheduleDefinition definition, HandlerCatalog handlers)
    {
        if (definition.Trigger is not IntervalTrigger interval)
        {
            throw Invalid("trigger", "A trigger is needed.");
        }

        Range("trigger.period", interval.Period, IntervalRule.PeriodMin, IntervalRule.PeriodMax);
        Range("max_run_duration", definition.EffectiveMaxRunDuration, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7));
        Range("tolerance", definition.EffectiveTolerance, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (definition.Target?.Handler is not { Length: > 0 } handler)
        {
            throw Invalid("target.handler", "A target names a handler.");
        }

        if (!handlers.TryGet(handler, out _))
        {
            throw new SchedulerException(ErrorCodes.UnknownHandler, $"No handler '{handler}' is registered in this process.")
                .With("handler", handler)
                .With("field", "target.handler");
        }
    }

    /// <summary>True when the second definition says the same as the first.</summary>
    public static bool IsSame(ScheduleDefinition one, ScheduleDefinition other) =>
        one.Trigger == other.Trigger
        && one.EffectiveMaxRunDuration == other.EffectiveMaxRunDuration
        && one.EffectiveTolerance == other.EffectiveTolerance
        && one.Target.Handler == other.Target.Handler
        && one.Target.Space == other.Target.Space
        && Documents.JsonValue.Same(one.Target.Payload, other.Target.Payload);

    private static void Range(string field, TimeSpan value, TimeSpan low, TimeSpan high)
    {
        if (value < low || value > high)
        {
            throw Invalid(field, $"It lies between {Serialization.Duration.Format(low)} and {Serialization.Duration.Format(high)}.");
        }
    }

    private static SchedulerException Invalid(string field, string message) =>
        new SchedulerException(ErrorCodes.RequestInvalid, message).With("field", field);
}
