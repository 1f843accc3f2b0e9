using System.Text.Json;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What a definition of a schedule has to keep to.</summary>
internal static class DefinitionRules
{
    /// <exception cref="SchedulerException"><c>request_invalid</c>, <c>cron_invalid</c>, <c>zone_unknown</c>, <c>policy_unsupported</c>, <c>unknown_handler</c>.</exception>
    public static void Check(ScheduleDefinition definition, ScheduleId schedule, HandlerCatalog handlers, DateTimeOffset now)
    {
        Timetable.Of(definition, schedule, now);
        if (definition.Target?.Handler is not { Length: > 0 } handler)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, "A target names a handler.").With("field", "target.handler");
        }

        if (!handlers.TryGet(handler, out RegisteredHandler? registered))
        {
            throw new SchedulerException(ErrorCodes.UnknownHandler, $"No handler '{handler}' is registered in this process.")
                .With("handler", handler)
                .With("field", "target.handler");
        }

        try
        {
            registered.Check(definition.Target.Payload);
        }
        catch (SchedulerException fault)
        {
            throw fault.With("field", $"target.{fault.Details.GetValueOrDefault("field", "payload")}");
        }
    }

    /// <summary>True when the second definition says the same as the first.</summary>
    public static bool IsSame(ScheduleDefinition one, ScheduleDefinition other) =>
        ReferenceEquals(one, other) || JsonValue.Same(Canonical(one), Canonical(other));

    // Written-out defaults say the same as none, and how it began says nothing about what it is.
    private static JsonValue Canonical(ScheduleDefinition definition)
    {
        ScheduleDefinition full = definition with
        {
            MaxRunDuration = definition.EffectiveMaxRunDuration,
            Tolerance = definition.EffectiveTolerance,
            Overlap = definition.EffectiveOverlap,
            Missed = definition.EffectiveMissed,
            ExcludedDates = definition.ExcludedDates is { IsDefaultOrEmpty: false } dates ? [.. dates.Distinct().Order()] : null,
            Labels = definition.Labels is { IsEmpty: false } labels ? labels : null,
            InitialPause = null,
        };
        return JsonSerializer.Deserialize<JsonValue>(JsonSerializer.SerializeToUtf8Bytes(full, ContractJson.Options), ContractJson.Options)!;
    }
}
