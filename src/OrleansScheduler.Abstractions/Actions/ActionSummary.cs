using System.Collections.Immutable;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Actions;

/// <summary>An action in a line.</summary>
/// <param name="Action">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Handler">Its handler.</param>
/// <param name="Kind">Computation or effect.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Live">Whether it is run when it is dirty.</param>
/// <param name="Runs">The number of its newest observation: how often it ran, 0 for never.</param>
/// <param name="Causes">How many causes it has.</param>
/// <param name="LastStatus">How the newest run ended; null when there was none.</param>
/// <param name="EligibleAt">When it may run next, if it has to wait; otherwise null.</param>
public sealed record ActionSummary(
    ActionId Action,
    string Name,
    string Handler,
    ActionKind Kind,
    ActionState State,
    bool Live,
    long Runs,
    int Causes,
    RunStatus? LastStatus,
    DateTimeOffset? EligibleAt);
