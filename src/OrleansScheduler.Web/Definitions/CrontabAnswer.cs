using OrleansScheduler.Definitions.Applying;
using OrleansScheduler.Definitions.Crontabs;

namespace OrleansScheduler.Web.Definitions;

/// <summary>What a crontab holds, and what became of it.</summary>
/// <param name="Reading">Its jobs, variables and refused lines.</param>
/// <param name="Report">What became of each job as a schedule.</param>
internal sealed record CrontabAnswer(CrontabReading Reading, DefinitionReport Report);
