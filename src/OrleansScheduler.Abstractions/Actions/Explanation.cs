using System.Collections.Immutable;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Actions;

/// <summary>Why an action ran or is to run.</summary>
/// <param name="Action">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Live">Whether it is run when it is dirty.</param>
/// <param name="Run">The run that is explained; null when it never ran.</param>
/// <param name="Pending">Why it is to run; at most 100 causes. Empty when it is not dirty.</param>
/// <param name="Commits">The commits that the causes name, as far as the space still describes them.</param>
/// <param name="Sentences">The same for people.</param>
public sealed record Explanation(
    ActionId Action,
    ActionState State,
    bool Live,
    ActionRun? Run,
    ImmutableArray<Cause> Pending,
    ImmutableArray<CommitRecord> Commits,
    ImmutableArray<string> Sentences);
