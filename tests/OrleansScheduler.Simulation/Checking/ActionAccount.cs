using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Simulation.Handling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What is known of a registered action from what has landed, and from its handler.</summary>
internal sealed record ActionAccount(ActionDefinition Definition)
{
    /// <summary>How its newest run ended; null before the first.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The call of the handler that made the newest run.</summary>
    public HandlerCall? Call { get; init; }

    /// <summary>What the newest run has read, as it is stored.</summary>
    public ImmutableArray<ConfirmedRead> Reads { get; init; } = [];

    /// <summary>What it answers for: what it declared, and what its newest completed run wrote.</summary>
    public ImmutableArray<Address> Known { get; init; } = Definition.Outputs;

    /// <summary>What has to run for it: what it has read, and what it declared until it has told what it reads.</summary>
    public IEnumerable<Address> Needs => Reads.Select(read => read.Address).Concat(Status == RunStatus.Completed ? [] : Definition.Inputs);

    /// <summary>What it writes, by a function that tells what is at an address.</summary>
    public ImmutableArray<Operation> Writes(Func<ReadTarget, long> numberAt) => ActionCode.Writes(Definition.Handler, (JsonObject)Definition.Payload!, numberAt);

    public ActionAccount After(RunResult result, HandlerCall? call) => this with
    {
        Status = result.Status,
        Call = call,
        Reads = result.Reads,
        Known = result.Status != RunStatus.Completed ? Known : [.. Definition.Outputs.Concat(result.Operations.Select(AddressOf)).Distinct()],
    };

    public static bool Overlap(Address one, Address other) => one.IsPrefixOf(other) || other.IsPrefixOf(one);

    public static Address AddressOf(Operation operation) => operation is SetOperation set ? set.Address : ((RemoveOperation)operation).Address;
}
