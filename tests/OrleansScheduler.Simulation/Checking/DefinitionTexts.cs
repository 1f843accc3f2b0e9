using System.Text.Json;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>When two definitions are the same.</summary>
internal static class DefinitionTexts
{
    /// <summary>Whether both say the same of when it runs, and what. How a schedule begins says nothing about what it is.</summary>
    public static bool SaysTheSame(this ScheduleDefinition one, ScheduleDefinition other) => TextOf(one) == TextOf(other);

    private static string TextOf(ScheduleDefinition definition) => JsonSerializer.Serialize(
        definition with { InitialPause = null, ExcludedDates = definition.ExcludedDates is { } dates ? [.. dates.Distinct().Order()] : null },
        ContractJson.Options);
}
