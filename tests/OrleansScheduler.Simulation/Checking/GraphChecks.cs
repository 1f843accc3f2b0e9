using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Handling;
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

        HashSet<string> live = account.Present.Live;
        foreach (ActionSummary action in page.Actions)
        {
            string id = action.Action.ToString();
            if (action.Live != live.Contains(id))
            {
                world.Fail("live", $"{id} is {(action.Live ? "live, and nobody needs it" : "not live, and somebody needs it")}.");
            }

            if (action.Live && action.State != ActionState.Clean)
            {
                world.Fail("rest", $"{action.Name} is live and {action.State} ({action.Causes} causes, eligible {action.EligibleAt:O}).");
            }

            if (action.Live && account.Marked.Contains(id))
            {
                world.Fail("forgotten", $"Somebody asked for a run of {action.Name}, and none has begun since.");
            }

            ActionDetail detail = await space.GetActionAsync(id, CancellationToken.None);
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
                CheckSeen(account.Present, id, account.Actions[id], account.CompletedOf(id));
            }
        }

        await CheckDocumentsAsync(space, account);
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

    // The whole space, by its list and by one read of everything.
    private async Task CheckDocumentsAsync(ISpace space, SpaceAccount account)
    {
        DocumentPage page = await space.ListDocumentsAsync(null, 1_000, CancellationToken.None);
        if (!page.Documents.SequenceEqual(account.Present.Documents.Names))
        {
            world.Fail("documents", $"It lists the documents {string.Join(", ", page.Documents)}, stored are {string.Join(", ", account.Present.Documents.Names)}.");
        }

        SpaceRead read = await space.ReadAsync([new ReadTarget(Address.OfSpace, ReadDepth.Deep)], null, CancellationToken.None);
        account.CheckDocuments(read.Sequence, read.Reads[0].Value, "shows");
    }

    // By what its handler has noted, by the definition, and by the documents that follow from all entries.
    private void CheckSeen(SpaceVersion present, string id, ActionAccount action, long completed)
    {
        foreach (HandlerCall.SeenValue seen in action.Call?.Seen.Where(seen => !IsOwn(seen.Target.Address)) ?? [])
        {
            if (present.TextAt(seen.Target) is var text && text != seen.Text)
            {
                world.Fail("stale", $"{id} has seen {seen.Text ?? "nothing"} at '{seen.Target.Address}', where {text ?? "nothing"} is now.");
            }
        }

        if (action.Call is { } call && call.Code != world.Process!.Code)
        {
            world.Fail("code", $"{id} was last run by the code {call.Code}, and {world.Process.Code} is there.");
        }

        if (action.Definition.Handler == "grow")
        {
            Address own = action.Definition.Payload is JsonObject payload ? Address.Parse(payload["to"]!.AsText()) : Address.OfSpace;
            long grown = present.NumberAt(new ReadTarget(own, ReadDepth.Deep));
            if (grown != completed)
            {
                world.Fail("oracle", $"'{own}' is {grown}, but {id} has completed {completed} runs.");
            }
        }
        else if (action.Status == RunStatus.Completed && present.WrongOf(action) is { } write)
        {
            world.Fail("oracle", $"{id} would write {write}, which is not there.");
        }
    }

    private static ReadCause? OwnIn(ImmutableArray<Cause> causes) => causes.OfType<ReadCause>().FirstOrDefault(cause => IsOwn(cause.Address));

    // Written by nobody but the one action that reads it.
    private static bool IsOwn(Address address) => address.ToString().StartsWith("own/", StringComparison.Ordinal);
}
