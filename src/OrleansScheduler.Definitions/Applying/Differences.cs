using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Says in which fields two definitions differ. Defaults are filled in first, so leaving a field out and writing its default are the same.</summary>
internal static class Differences
{
    private const int LinesMax = 50;
    private const int ValueCharsMax = 80;

    /// <summary>Lines <c>field: old -> new</c>; none when nothing differs. A reason to begin paused counts only at the creation, so it is left out.</summary>
    public static ImmutableArray<string> Of(ScheduleDefinition old, ScheduleDefinition now) => Between(Plain(old), Plain(now));

    /// <summary>Lines <c>field: old -> new</c>; none when nothing differs.</summary>
    public static ImmutableArray<string> Of(ActionDefinition old, ActionDefinition now) => Between(
        old with { TimeLimit = old.EffectiveTimeLimit }, now with { TimeLimit = now.EffectiveTimeLimit });

    private static ImmutableArray<string> Between<T>(T old, T now)
    {
        List<string> lines = [];
        Compare("", Tree(old), Tree(now), lines);
        return lines.Count <= LinesMax ? [.. lines] : [.. lines.Take(LinesMax), $"and {lines.Count - LinesMax} more fields"];
    }

    private static ScheduleDefinition Plain(ScheduleDefinition definition) => definition with
    {
        Trigger = definition.Trigger switch
        {
            IntervalTrigger interval => interval with { Anchor = interval.Anchor?.ToUniversalTime() },
            OnceTrigger once => once with { Instant = once.Instant.ToUniversalTime() },
            var other => other,
        },
        MaxRunDuration = definition.EffectiveMaxRunDuration,
        Tolerance = definition.EffectiveTolerance,
        Overlap = definition.EffectiveOverlap,
        Missed = definition.EffectiveMissed,
        StartAt = definition.StartAt?.ToUniversalTime(),
        EndAt = definition.EndAt?.ToUniversalTime(),
        ExcludedDates = definition.ExcludedDates is { IsDefaultOrEmpty: false } dates ? [.. dates.Distinct().Order()] : null,
        Labels = definition.Labels is { IsEmpty: false } labels ? labels : null,
        InitialPause = null,
    };

    private static JsonValue Tree<T>(T contract) => JsonValue.Parse(JsonSerializer.SerializeToUtf8Bytes(contract, ContractJson.Options), JsonLimits.Default);

    private static void Compare(string path, JsonValue? old, JsonValue? now, List<string> lines)
    {
        if (JsonValue.Same(old, now))
        {
            return;
        }

        if (old is JsonObject one && now is JsonObject other)
        {
            foreach (string key in one.Keys.Union(other.Keys).Order(StringComparer.Ordinal))
            {
                Compare(path.Length == 0 ? key : $"{path}.{key}", one[key], other[key], lines);
            }

            return;
        }

        lines.Add($"{path}: {Shown(old)} -> {Shown(now)}");
    }

    private static string Shown(JsonValue? value)
    {
        string text = value switch
        {
            null => "none",
            JsonString plain => plain.Text.ReplaceLineEndings(" "),
            _ => value.ToString(),
        };
        return text.Length > ValueCharsMax ? text[..ValueCharsMax] + "…" : text;
    }
}
