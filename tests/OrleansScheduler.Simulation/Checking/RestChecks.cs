using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What has to hold when everything has come to rest. A further invariant of that kind is a method more.</summary>
internal sealed class RestChecks(World world)
{
    private readonly Dictionary<string, long> _runs = new(StringComparer.Ordinal);

    private IActorDirectory Directory => world.Process!.Directory;

    /// <summary>While schedules are still active: nobody has been forgotten by the clocks.</summary>
    public void CheckPunctual(DateTimeOffset now)
    {
        foreach ((string key, ScheduleAccount schedule) in world.Ledger.Schedules)
        {
            if (schedule.Unsettled(now - TimeSpan.FromSeconds(2)) is { Count: > 0 } due)
            {
                world.Fail("forgotten", $"{key} was due at {due[0]:O} and {due.Count} times in all up to {now:O}, and nothing has become of it.");
            }

            if (schedule is { Definition.Trigger: StartTrigger, IsPaused: false, IsOver: false, SinceStart: { } since }
                && since != $"{world.Process!.Number}" && schedule.Definition.MaxFirings is null && !(schedule.Definition.EndAt <= now))
            {
                world.Fail("forgotten", $"{key} knows the start {since} and not the present one, {world.Process.Number}.");
            }
        }
    }

    /// <summary>Nothing is open any more; the books, the product's answers, the history and the catalog agree.</summary>
    public async Task CheckSchedulesAsync()
    {
        foreach ((string key, ScheduleAccount schedule) in world.Ledger.Schedules)
        {
            if (schedule.Definition is not null)
            {
                schedule.Check(await Directory.Get<ISchedule>(key).GetAsync(CancellationToken.None));
            }

            if (schedule.Due != schedule.Open.Count + schedule.Ran + schedule.SkippedMissed + schedule.SkippedOverlap && schedule.Definition is not null)
            {
                world.Fail("accounting", $"{key}: {schedule.Due} were due, which is not the sum of their fates.");
            }
        }

        world.Ledger.History.CheckAtRest();
        CatalogPage page = await Directory.Get<ICatalog>("owner").ListAsync(MemberKind.Schedule, null, 100, CancellationToken.None);
        string listed = string.Join(' ', page.Names);
        string exist = string.Join(' ', world.Ledger.Schedules.Where(pair => pair.Value.Definition is not null).Select(pair => pair.Key.Split('/')[1]));
        if (listed != exist)
        {
            world.Fail("catalog", $"It lists '{listed}', but there are '{exist}'.");
        }
    }

    /// <summary>Every live action has seen what is there, no run was needless, and each sum is what it comes to from its inputs.</summary>
    public async Task CheckGraphAsync()
    {
        if (!world.Ledger.Spaces.TryGetValue(SpaceSteps.Key, out SpaceAccount? account))
        {
            return;
        }

        ISpace space = Directory.Get<ISpace>(SpaceSteps.Key);
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
                if (!forced && !run.Causes.OfType<ReadCause>().Any(cause => cause.From?.Hash != cause.To?.Hash))
                {
                    world.Fail("needless", $"Run {run.Run} of {action.Name} was needless.");
                }
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
    public async Task CheckNothingRanAsync()
    {
        ActionPage page = await Directory.Get<ISpace>(SpaceSteps.Key).ListActionsAsync(null, 1_000, CancellationToken.None);
        foreach (ActionSummary action in page.Actions)
        {
            if (_runs.TryGetValue(action.Action.ToString(), out long before) && before != action.Runs)
            {
                world.Fail("restart", $"{action.Name} ran {action.Runs - before} times after a restart that changed nothing.");
            }

            _runs[action.Action.ToString()] = action.Runs;
        }
    }

    private async Task CheckSeenAsync(ISpace space, ActionDetail detail)
    {
        if (detail.Observation is not { Status: RunStatus.Completed } observation)
        {
            return;
        }

        ImmutableArray<ReadTarget> seen = [.. observation.Reads.Select(read => new ReadTarget(read.Address, read.Depth))];
        SpaceRead present = await space.ReadAsync(seen, null, CancellationToken.None);
        if (!observation.Reads.Select(read => read.Hash).SequenceEqual(present.Reads.Select(read => read.Hash)))
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
}
