using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What happened in a space.</summary>
internal abstract record SpaceEntry
{
    /// <summary>A commit of a session.</summary>
    internal sealed record Committed(
        string Session, long LocalSequence, ContentHash Payload, DateTimeOffset At, ImmutableArray<Operation> Operations) : SpaceEntry
    {
        /// <summary>What the decision already worked out, so that folding need not repeat it. Never stored.</summary>
        public TreeChange? Prepared { get; init; }
    }

    /// <summary>Actions were registered, or registered differently.</summary>
    internal sealed record Registered(ImmutableArray<BoundAction> Actions) : SpaceEntry;

    /// <summary>An action was unregistered.</summary>
    internal sealed record Unregistered(ActionId Action) : SpaceEntry;

    /// <summary>The code of handlers differs from what the actions were registered with.</summary>
    internal sealed record Revised(ImmutableArray<(ActionId Action, string Implementation)> Actions) : SpaceEntry;

    /// <summary>Somebody asked for a run.</summary>
    internal sealed record Marked(ActionId Action, string Who) : SpaceEntry;

    /// <summary>Actions turned out to be clean: every value that they read is what it was.</summary>
    internal sealed record Verified(ImmutableArray<ActionId> Actions) : SpaceEntry;

    /// <summary>A run was kept: its commit and its observation.</summary>
    internal sealed record Landed(RunResult Result, string Implementation, DateTimeOffset At) : SpaceEntry
    {
        /// <summary>What the decision already worked out, so that folding need not repeat it. Never stored.</summary>
        public TreeChange? Prepared { get; init; }
    }

    /// <summary>The space goes on in another epoch of the deployment: the next change has the sequence after this one.</summary>
    /// <param name="Sequence">Greater than all sequences of earlier epochs.</param>
    internal sealed record EpochBegan(long Sequence) : SpaceEntry;

    /// <summary>The catalog knows the space.</summary>
    internal sealed record Announced : SpaceEntry;
}
