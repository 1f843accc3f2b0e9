using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.History;

/// <summary>What happened to a history.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Recorded), "recorded")]
[JsonDerivedType(typeof(Cleared), "cleared")]
internal abstract record HistoryEntry
{
    /// <summary>Runs ended.</summary>
    internal sealed record Recorded(ImmutableArray<ScheduleRun> Runs) : HistoryEntry;

    /// <summary>They have been kept for as long as they are: those that came last leave, so many of them; null for all.</summary>
    internal sealed record Cleared(int? Runs = null) : HistoryEntry;
}
