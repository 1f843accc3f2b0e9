using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Handling;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A space with one thing wrong.</summary>
internal sealed class WrongSpace(World world, IActorContext context, HandlerCatalog? handlers = null)
    : SpaceActor(context, handlers ?? world.Process!.Handlers, NullLogger.Instance, world.Plan.Storage.Journals), ISpace
{
    /// <summary>It takes commits whose reads are no longer current.</summary>
    public bool TakesAll { get; init; }

    /// <summary>It looks at the reads, waits, and commits afterwards.</summary>
    public bool WaitsBetween { get; init; }

    /// <summary>It forgets causes that came during a run.</summary>
    public bool ForgetsCauses { get; init; }

    /// <summary>It loses what runs write to a document of that name.</summary>
    public string? Loses { get; init; }

    /// <summary>It forgets what the action of that name has read.</summary>
    public string? Blinds { get; init; }

    /// <summary>The action of that name is never planned.</summary>
    public string? Skips { get; init; }

    /// <summary>The action of that name runs once, and is taken for clean ever after.</summary>
    public string? Forgives { get; init; }

    /// <summary>The computation of that name is never said to be live.</summary>
    public string? Denies { get; init; }

    /// <summary>Each run asks for another one.</summary>
    public bool IsRestless { get; init; }

    /// <summary>It runs what nobody needs.</summary>
    public bool IsEager { get; init; }

    /// <summary>It says of every commit that it changed something.</summary>
    public bool Boasts { get; init; }

    /// <summary>It tells pulls that nothing is left to run.</summary>
    public bool IsHasty { get; init; }

    /// <summary>A space that knows only the first version of the code.</summary>
    public static WrongSpace WithOldCode(World world, IActorContext context)
    {
        var handlers = new HandlerCatalog();
        SimulatedCode.Register(handlers, world, world.Process!, "1");
        return new WrongSpace(world, context, handlers);
    }

    async Task<CommitReceipt> ISpace.CommitAsync(CommitRequest request, CancellationToken cancellation)
    {
        if (WaitsBetween && !request.Reads.IsEmpty)
        {
            SpaceRead present = await ReadAsync([.. request.Reads.Select(read => new ReadTarget(read.Address, read.Depth))], null, cancellation);
            if (!present.Reads.Select(read => read.Hash).SequenceEqual(request.Reads.Select(read => read.Hash)))
            {
                return await CommitAsync(request, cancellation);
            }

            await Task.Yield();
        }

        CommitReceipt receipt = await CommitAsync(TakesAll || WaitsBetween ? request with { Reads = [] } : request, cancellation);
        return Boasts ? receipt with { Changed = true } : receipt;
    }

    Task ISpace.MarkAsync(string idOrName, string who, CancellationToken cancellation) =>
        Forgives is not null && idOrName.StartsWith(Forgives, StringComparison.Ordinal) ? Task.CompletedTask : MarkAsync(idOrName, who, cancellation);

    async Task<LandReceipt> ISpace.LandWaveAsync(ImmutableArray<RunResult> results, CancellationToken cancellation)
    {
        foreach (RunResult result in results.Where(_ => IsRestless))
        {
            await MarkAsync(result.Action.ToString(), "itself", cancellation);
        }

        return await LandWaveAsync([.. results.Select(Bent)], cancellation);
    }

    async Task<WavePlan> ISpace.PlanWaveAsync(PlanRequest request, CancellationToken cancellation)
    {
        WavePlan plan = await PlanWaveAsync(IsEager ? request with { Demand = [.. request.Demand, Address.Parse("out")] } : request, cancellation);
        return plan with
        {
            Runs = plan.Runs.RemoveAll(run => run.Definition.Name == Skips || (run.Definition.Name == Forgives && run.Run > 1)),
            DemandMet = IsHasty ? [.. plan.DemandMet.Select(_ => true)] : plan.DemandMet,
        };
    }

    async Task<ActionPage> ISpace.ListActionsAsync(string? after, int limit, CancellationToken cancellation)
    {
        ActionPage page = await ListActionsAsync(after, limit, cancellation);
        return page with { Actions = [.. page.Actions.Select(Bent)] };
    }

    private ActionSummary Bent(ActionSummary action) =>
        action.Name == Forgives ? action with { State = ActionState.Clean } : action.Name == Denies ? action with { Live = false } : action;

    private RunResult Bent(RunResult result) => result with
    {
        CauseHigh = ForgetsCauses ? long.MaxValue : result.CauseHigh,
        Operations = result.Operations.RemoveAll(operation => Loses is not null && $"{ActionAccount.AddressOf(operation).Document}" == Loses),
        Reads = Blinds is not null && $"{result.Action}".StartsWith(Blinds, StringComparison.Ordinal) ? [] : result.Reads,
    };
}
