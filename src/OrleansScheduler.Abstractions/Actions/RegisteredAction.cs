using OrleansScheduler.Identity;

namespace OrleansScheduler.Actions;

/// <summary>One registered action.</summary>
/// <param name="Action">Its id.</param>
/// <param name="Outcome">What registering did.</param>
public sealed record RegisteredAction(ActionId Action, Registration Outcome);
