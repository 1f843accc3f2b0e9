using System.Text.Json.Serialization;

namespace OrleansScheduler.Schedules;

/// <summary>The rule in time of a schedule.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IntervalTrigger), "interval")]
public abstract record Trigger;
