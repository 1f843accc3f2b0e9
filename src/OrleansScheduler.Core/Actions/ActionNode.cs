using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Actions;

/// <summary>An action as its space knows it.</summary>
internal sealed class ActionNode(ActionId id, ActionDefinition definition, string implementation)
{
    public const int RunsKept = 16;
    public const int RunCausesKept = 20;

    public ActionId Id { get; } = id;

    public ActionDefinition Definition { get; set; } = definition;

    /// <summary>The number of its first cause: a run that answers none since then belongs to an earlier life of the action.</summary>
    public long Born { get; init; }

    public long Revision { get; set; } = 1;

    /// <summary>The fingerprint of the code and definition that shall run.</summary>
    public string Implementation { get; set; } = implementation;

    /// <summary>What the newest kept run left; null before the first.</summary>
    public Observation? Observation { get; set; }

    public CauseSet Causes { get; } = new();

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ActionRun> Runs { get; set; } = [];

    /// <summary>Not before this may it run; null for at once.</summary>
    public DateTimeOffset? EligibleAt { get; set; }

    /// <summary>Known to this activation only: what the pass in progress needs to stay bounded.</summary>
    public PassMemory Pass { get; } = new();

    public bool IsDirty => !Causes.IsEmpty;

    public long LastRun => Observation?.Run ?? 0;

    /// <summary>The addresses that it answers for.</summary>
    public ImmutableArray<Address> Known() => Observation?.Known ?? Definition.Outputs;
}
