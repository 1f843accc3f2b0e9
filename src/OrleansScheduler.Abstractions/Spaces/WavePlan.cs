using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>The next runs of a pass.</summary>
/// <param name="Sequence">The sequence at which they read.</param>
/// <param name="Runs">Runs that may go side by side; none when nothing is eligible now.</param>
/// <param name="NextEligible">When a node that is dirty and live, but has to wait, may run; null when there is none.</param>
/// <param name="Skipped">How many nodes turned out to be clean, because every value that they read is what it was.</param>
/// <param name="DemandMet">For each demanded address whether nothing that writes it is left to run.</param>
public sealed record WavePlan(
    long Sequence, ImmutableArray<RunTicket> Runs, DateTimeOffset? NextEligible, int Skipped, ImmutableArray<bool> DemandMet);
