namespace OrleansScheduler.Schedules;

/// <summary>When something runs, and what.</summary>
/// <param name="Trigger">The rule in time.</param>
/// <param name="Target">What runs.</param>
/// <param name="MaxRunDuration">After it a run is aborted, 10 ms to 7 days; null for 20 minutes.</param>
/// <param name="Tolerance">How late an occurrence may start, 1 s to 1 day; older ones are skipped as missed. Null for 60 s.</param>
public sealed record ScheduleDefinition(
    Trigger Trigger, HandlerTarget Target, TimeSpan? MaxRunDuration = null, TimeSpan? Tolerance = null)
{
    /// <summary>After it a run is aborted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan EffectiveMaxRunDuration => MaxRunDuration ?? TimeSpan.FromSeconds(1200);

    /// <summary>How late an occurrence may start.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan EffectiveTolerance => Tolerance ?? TimeSpan.FromSeconds(60);
}
