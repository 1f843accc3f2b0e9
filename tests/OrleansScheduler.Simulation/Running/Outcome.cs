using System.Collections.Immutable;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Planning;

namespace OrleansScheduler.Simulation.Running;

/// <summary>How a simulation ended.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="Broken">The promise that was broken; null when all were kept.</param>
/// <param name="Hash">Of everything that ran, in its order.</param>
/// <param name="Turns">How much ran.</param>
/// <param name="Simulated">How much time went by.</param>
/// <param name="Runs">How many runs schedules had.</param>
/// <param name="Entries">How many entries landed in storage.</param>
/// <param name="Notes">What happened, newest last.</param>
internal sealed record Outcome(
    Plan Plan, Violation? Broken, ulong Hash, long Turns, TimeSpan Simulated, int Runs, long Entries, ImmutableArray<string> Notes);
