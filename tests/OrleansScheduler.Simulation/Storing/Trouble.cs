namespace OrleansScheduler.Simulation.Storing;

/// <summary>Storage is not well for a while.</summary>
/// <param name="Until">As time since the start of the simulation.</param>
/// <param name="Kind">How.</param>
/// <param name="Chance">How many of a thousand accesses suffer.</param>
internal sealed record Trouble(TimeSpan Until, TroubleKind Kind, int Chance);
