using System.Text.Json.Serialization;

namespace OrleansScheduler.Schedules;

/// <summary>The rule in time of a schedule.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CronTrigger), "cron")]
[JsonDerivedType(typeof(IntervalTrigger), "interval")]
[JsonDerivedType(typeof(OnceTrigger), "once")]
[JsonDerivedType(typeof(StartTrigger), "start")]
public abstract record Trigger;
