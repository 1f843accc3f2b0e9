using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What has to hold of the actions of a space when everything has come to rest. A further invariant of that kind is a method more.</summary>
internal sealed class GraphChecks(World world)
{
    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);

    private IActorDirectory Directory => world.Process!.Directory;

    /// <summary>Every live action has seen what is there, no run was needless, and each sum is what it comes to from its inputs.</summary>
    public async Task CheckGraphAsync(string key)
    {
        SpaceAccount account = world.Ledger.Space(key);
        ISpace space = Directory.Get<ISpace>(key);
        ActionPage page = await space.ListActionsAsync(null, 1_000, CancellationToken.None);
        if (!page.Actions.Select(action => action.Action.ToString()).Order(StringComparer.Ordinal).SequenceEqual(account.Actions.Keys))
        {
            world.Fail("durable", $"The actions {string.Join(", ", page.Actions.Select(action => action.Name))} are not those that were stored.");
        }

        foreach (ActionSummary action in page.Actions)
        {
            if (action.Live && action.State != ActionState.Clean)
            {
                world.Fail("rest", $"{action.Name} is live and {action.State} ({action.Causes} causes, eligible {action.EligibleAt:O}).");
            }

            if (action.Live && account.Marked.Contains(action.Action.ToString()))
            {
                world.Fail("forgotten", $"Somebody asked for a run of {action.Name}, and none has begun since.");
            }

            ActionDetail detail = await space.GetActionAsync(action.Action.ToString(), CancellationToken.None);
            foreach (ActionRun run in detail.Runs)
            {
                bool forced = run.Causes.Any(cause => cause is not ReadCause);
                if (OwnIn(run.Causes) is { } own)
                {
                    world.Fail("own change", $"Run {run.Run} of {action.Name} was for {own.Address}, which only it writes.");
                }

                if (!forced && !run.Causes.OfType<ReadCause>().Any(cause => cause.From?.Hash != cause.To?.Hash))
                {
                    world.Fail("needless", $"Run {run.Run} of {action.Name} was needless: {(run.Causes.IsEmpty ? "it tells no cause" : string.Join(", ", run.Causes))}.");
                }
            }

            if (OwnIn(detail.Causes) is { } left)
            {
                world.Fail("own change", $"{action.Name} has a cause for {left.Address}, which only it writes.");
            }

            if (action.Live)
            {
                await CheckSeenAsync(space, detail);
            }
        }

        SpaceRead counter = await space.ReadAsync([new ReadTarget(SpaceAccount.Counter, ReadDepth.Deep)], null, CancellationToken.None);
        if ((counter.Reads[0].Value?.AsInt64() ?? 0) != account.Count)
        {
            world.Fail("lost update", $"The counter is {counter.Reads[0].Value}, {account.Count} were added.");
        }
    }

    /// <summary>How many runs of actions have landed.</summary>
    public long ActionRuns() => world.Ledger.Spaces.Values.Sum(space => space.Runs.Values.Sum());

    /// <summary>Something has changed: runs are owed.</summary>
    public void ForgetRuns() => _runs.Clear();

    /// <summary>A restart runs nothing that is still valid.</summary>
    public async Task CheckNothingRanAsync(string key)
    {
        ActionPage page = await Directory.Get<ISpace>(key).ListActionsAsync(null, 1_000, CancellationToken.None);
        foreach (ActionSummary action in page.Actions)
        {
            string name = $"{key}/{action.Action}";
            if (_runs.TryGetValue(name, out long before) && before != action.Runs)
            {
                world.Fail("restart", $"{action.Name} ran {action.Runs - before} times after a restart that changed nothing.");
            }

            _runs[name] = action.Runs;
        }
    }

    private async Task CheckSeenAsync(ISpace space, ActionDetail detail)
    {
        if (detail.Observation is not { Status: RunStatus.Completed } observation)
        {
            return;
        }

        ConfirmedRead[] reads = [.. observation.Reads.Where(read => !IsOwn(read.Address))];
        ImmutableArray<ReadTarget> seen = [.. reads.Select(read => new ReadTarget(read.Address, read.Depth))];
        SpaceRead present = await space.ReadAsync(seen, null, CancellationToken.None);
        if (!reads.Select(read => read.Hash).SequenceEqual(present.Reads.Select(read => read.Hash)))
        {
            world.Fail("stale", $"{detail.Summary.Name} has not seen what is there now.");
        }

        if (detail.Definition is { Kind: ActionKind.Computation, Payload: JsonObject payload })
        {
            SpaceRead output = await space.ReadAsync([new ReadTarget(Address.Parse(payload["to"]!.AsText()), ReadDepth.Deep)], null, CancellationToken.None);
            long expected = await SumAsync(space, payload) % payload["modulo"]!.AsInt64();
            if (output.Reads[0].Value?.AsInt64() != expected)
            {
                world.Fail("oracle", $"{detail.Summary.Name} is {output.Reads[0].Value}, from its inputs it is {expected}.");
            }
        }
    }

    private static async Task<long> SumAsync(ISpace space, JsonObject payload)
    {
        ImmutableArray<ReadTarget> from = [.. ((JsonArray)payload["from"]!).Items.Select(item => new ReadTarget(Address.Parse(item.AsText()), ReadDepth.Deep))];
        return (await space.ReadAsync(from, null, CancellationToken.None)).Reads.Sum(read => read.Value?.AsInt64() ?? 0);
    }

    private static ReadCause? OwnIn(ImmutableArray<Cause> causes) => causes.OfType<ReadCause>().FirstOrDefault(cause => IsOwn(cause.Address));

    // Written by nobody but the one action that reads it.
    private static bool IsOwn(Address address) => address.ToString().StartsWith("own/", StringComparison.Ordinal);
}
