namespace OrleansScheduler.Spaces;

/// <summary>A space in numbers.</summary>
/// <param name="Space">Its id as text.</param>
/// <param name="Sequence">The sequence of its last commit; 0 before the first.</param>
/// <param name="Documents">How many documents it holds.</param>
/// <param name="Actions">How many actions it owns.</param>
/// <param name="Live">How many of them are live.</param>
/// <param name="Dirty">How many of them have a cause to run.</param>
/// <param name="Failed">How many of them failed in their last run.</param>
/// <param name="Sessions">How many writer sessions it remembers.</param>
/// <param name="Runs">How many runs it has kept since it exists.</param>
public sealed record SpaceSummary(
    string Space, long Sequence, int Documents, int Actions, int Live, int Dirty, int Failed, int Sessions, long Runs);
