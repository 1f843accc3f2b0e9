using System.Collections.Immutable;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What a space has to run next.</summary>
/// <param name="Clean">Actions that need not run: every value that they read is what it was.</param>
/// <param name="Run">Actions to run now, none of which can change what another one reads.</param>
/// <param name="NextEligible">When one that has to wait may run; null when there is none.</param>
/// <param name="DemandMet">For each demanded address whether nothing is left to run for it.</param>
internal sealed record WaveDecision(
    ImmutableArray<ActionId> Clean, ImmutableArray<ActionNode> Run, DateTimeOffset? NextEligible, ImmutableArray<bool> DemandMet);
