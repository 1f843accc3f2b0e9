using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A space with one thing wrong.</summary>
internal sealed class WrongSpace(World world, IActorContext context)
    : SpaceActor(context, world.Process!.Handlers, NullLogger.Instance, world.Plan.Storage.Journals), ISpace
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

    /// <summary>It runs what nobody needs.</summary>
    public bool IsEager { get; init; }

    /// <summary>It says of every commit that it changed something.</summary>
    public bool Boasts { get; init; }

    /// <summary>It tells pulls that nothing is left to run.</summary>
    public bool IsHasty { get; init; }

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

    Task<LandReceipt> ISpace.LandWaveAsync(ImmutableArray<RunResult> results, CancellationToken cancellation) =>
        LandWaveAsync([.. results.Select(Bent)], cancellation);

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
        return page with { Actions = [.. page.Actions.Select(action => action.Name == Forgives ? action with { State = ActionState.Clean } : action)] };
    }

    private RunResult Bent(RunResult result) => result with
    {
        CauseHigh = ForgetsCauses ? long.MaxValue : result.CauseHigh,
        Operations = result.Operations.RemoveAll(operation => Loses is not null && $"{((SetOperation)operation).Address.Document}" == Loses),
        Reads = Blinds is not null && $"{result.Action}".StartsWith(Blinds, StringComparison.Ordinal) ? [] : result.Reads,
    };
}
