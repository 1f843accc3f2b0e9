using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Spaces;

/// <summary>Leave to run an action once.</summary>
/// <param name="Action">The action.</param>
/// <param name="Definition">What to run.</param>
/// <param name="Revision">The revision of the definition; a result for another one is dropped.</param>
/// <param name="Run">The number that the run gets if it is kept.</param>
/// <param name="CauseHigh">The newest cause that the run answers.</param>
/// <param name="Sequence">The sequence at which it reads.</param>
/// <param name="Prefetched">What the run before read, as it is now.</param>
public sealed record RunTicket(
    ActionId Action,
    ActionDefinition Definition,
    long Revision,
    long Run,
    long CauseHigh,
    long Sequence,
    ImmutableArray<DocumentRead> Prefetched);
