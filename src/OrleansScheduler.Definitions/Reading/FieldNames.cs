using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>The fields that each mapping of a file may have. The schema names the same ones.</summary>
internal static class FieldNames
{
    public static ImmutableArray<string> Root { get; } = ["$schema", "name", "groups", "spaces", "schedules"];

    public static ImmutableArray<string> Group { get; } = ["cap"];

    public static ImmutableArray<string> Space { get; } = ["documents", "actions"];

    public static ImmutableArray<string> Action { get; } = ["name", "handler", "kind", "inputs", "outputs", "payload", "time_limit"];

    public static ImmutableArray<string> Target { get; } = ["handler", "space", "payload"];

    /// <summary>The short forms of a trigger, and what belongs to them.</summary>
    public static ImmutableArray<string> ShortTrigger { get; } = ["when", "cron", "every", "zone", "day_match"];

    public static ImmutableArray<string> Schedule { get; } =
    [
        .. ShortTrigger, "trigger", "target", "max_run_duration", "tolerance", "overlap", "missed", "jitter", "start_at", "end_at", "max_firings",
        "excluded_dates", "group", "labels", "description", "initial_pause",
    ];

    /// <summary>The fields of a full trigger, by its kind.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Triggers { get; } =
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            [
                KeyValuePair.Create<string, ImmutableArray<string>>("cron", ["kind", "expression", "zone", "day_match"]),
                KeyValuePair.Create<string, ImmutableArray<string>>("interval", ["kind", "period", "anchor"]),
                KeyValuePair.Create<string, ImmutableArray<string>>("once", ["kind", "instant"]),
                KeyValuePair.Create<string, ImmutableArray<string>>("start", ["kind"]),
            ]);
}
