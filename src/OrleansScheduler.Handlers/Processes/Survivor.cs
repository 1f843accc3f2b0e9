using System.Collections.Immutable;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>A process that an earlier life of the host had started and not seen end.</summary>
/// <param name="Outcome">What was found and done.</param>
/// <param name="Run">The run that it served; empty when the entry cannot be read.</param>
/// <param name="Program">The full path of its program; empty when the entry cannot be read.</param>
/// <param name="Pid">Its number; 0 when the entry cannot be read.</param>
/// <param name="Ended">The numbers of all processes that were ended for it, itself and descendants.</param>
/// <param name="Left">The numbers of those that could not be ended.</param>
public sealed record Survivor(
    SurvivorOutcome Outcome, string Run, string Program, int Pid, ImmutableArray<int> Ended, ImmutableArray<int> Left);
