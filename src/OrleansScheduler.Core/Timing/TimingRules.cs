using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Timing;

/// <summary>What a definition of a schedule has to keep to, but for its handler and its cron expression.</summary>
internal static class TimingRules
{
    public const int ExcludedDatesMax = 1_000;
    public const int LabelsMax = 32;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="SchedulerException"><c>request_invalid</c>, <c>policy_unsupported</c>.</exception>
    public static void Check(ScheduleDefinition definition)
    {
        CheckTrigger(definition.Trigger);
        Range("max_run_duration", definition.EffectiveMaxRunDuration, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7));
        Range("tolerance", definition.EffectiveTolerance, TimeSpan.FromSeconds(1), Day);
        Range("jitter", definition.Jitter ?? Day, TimeSpan.FromMilliseconds(1), Day);
        Supported("overlap", definition.EffectiveOverlap, OverlapPolicy.Skip, OverlapPolicy.Allow);
        Supported("missed", definition.EffectiveMissed, MissedPolicy.Skip, MissedPolicy.RunLatest);
        if (definition.StartAt >= definition.EndAt)
        {
            throw Invalid("end_at", "'end_at' lies after 'start_at'.");
        }

        if (definition.MaxFirings < 1)
        {
            throw Invalid("max_firings", "'max_firings' is at least 1.");
        }

        if (definition.ExcludedDates is { IsDefault: false, Length: > ExcludedDatesMax })
        {
            throw Invalid("excluded_dates", $"There are at most {ExcludedDatesMax} excluded dates.");
        }

        CheckTexts(definition);
    }

    private static void CheckTrigger(Trigger? trigger)
    {
        switch (trigger)
        {
            case null:
                throw Invalid("trigger", "A trigger is needed.");
            case IntervalTrigger interval:
                Range("trigger.period", interval.Period, IntervalRule.PeriodMin, IntervalRule.PeriodMax);
                break;
            case CronTrigger cron when string.IsNullOrEmpty(cron.Expression):
                throw Invalid("trigger.expression", "A cron expression is needed.");
            case CronTrigger cron when !Enum.IsDefined(cron.DayMatch):
                throw Invalid("trigger.day_match", "'day_match' is 'both' or 'either'.");
        }
    }

    private static void CheckTexts(ScheduleDefinition definition)
    {
        Length("group", definition.Group, 1, 100);
        Length("description", definition.Description, 0, 1_000);
        Length("initial_pause", definition.InitialPause, 1, 500);
        if (definition.Labels is not { } labels)
        {
            return;
        }

        if (labels.Count > LabelsMax)
        {
            throw Invalid("labels", $"There are at most {LabelsMax} labels.");
        }

        foreach ((string name, string value) in labels)
        {
            Length("labels", name, 1, 100);
            Length($"labels.{name}", value ?? throw Invalid($"labels.{name}", "A label has a value."), 0, 500);
        }
    }

    private static void Length(string field, string? value, int low, int high)
    {
        if (value is not null && (value.Length < low || value.Length > high))
        {
            throw Invalid(field, $"'{field}' has {low} to {high} characters.");
        }
    }

    private static void Range(string field, TimeSpan value, TimeSpan low, TimeSpan high)
    {
        if (value < low || value > high)
        {
            throw Invalid(field, $"'{field}' lies between {Duration.Format(low)} and {Duration.Format(high)}.");
        }
    }

    private static void Supported<T>(string field, T value, params ReadOnlySpan<T> supported)
        where T : struct, Enum
    {
        if (supported.Contains(value))
        {
            return;
        }

        string names = string.Join(", ", supported.ToArray().Select(Name));
        throw new SchedulerException(ErrorCodes.PolicyUnsupported, $"'{field}' is {names} in this version, not {Name(value)}.")
            .With("field", field)
            .With("supported", names);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static SchedulerException Invalid(string field, string message) =>
        new SchedulerException(ErrorCodes.RequestInvalid, message).With("field", field);
}
