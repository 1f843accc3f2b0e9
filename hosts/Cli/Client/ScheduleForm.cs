using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Client;

/// <summary>A schedule as it is sent: the fields of <see cref="ScheduleDefinition"/>, with words instead of a trigger. What is null is left out.</summary>
internal sealed record ScheduleForm
{
    /// <summary>Its name; null where the address has it.</summary>
    public string? Name { get; init; }

    /// <summary>A cron expression or a simple phrase.</summary>
    public required string When { get; init; }

    /// <summary>The zone whose clocks count; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>How two restricted day fields combine; null for both.</summary>
    public DayMatch? DayMatch { get; init; }

    /// <summary>What runs.</summary>
    public required ScheduleFormTarget Target { get; init; }

    public TimeSpan? MaxRunDuration { get; init; }

    public TimeSpan? Tolerance { get; init; }

    public OverlapPolicy? Overlap { get; init; }

    public MissedPolicy? Missed { get; init; }

    public TimeSpan? Jitter { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? EndAt { get; init; }

    public long? MaxFirings { get; init; }

    public ImmutableArray<DateOnly>? ExcludedDates { get; init; }

    public string? Group { get; init; }

    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    public string? Description { get; init; }

    public string? InitialPause { get; init; }
}
