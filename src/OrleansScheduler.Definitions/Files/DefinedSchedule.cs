using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Files;

/// <summary>A schedule of a file.</summary>
/// <param name="Schedule">Its id.</param>
/// <param name="Definition">When it runs, and what.</param>
/// <param name="Place">Where it is defined.</param>
public sealed record DefinedSchedule(ScheduleId Schedule, ScheduleDefinition Definition, DefinitionPlace Place);
