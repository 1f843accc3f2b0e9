using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Settling;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Clients;
using OrleansScheduler.Simulation.Planning;
using OrleansScheduler.Simulation.Planting;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Running;

/// <summary>Carries out a plan on this thread, lets everything come to rest, and checks what has to hold then.</summary>
internal sealed class Simulator
{
    private static readonly TimeSpan Owed = TimeSpan.FromMinutes(10);

    private readonly World _world;
    private readonly RestChecks _checks;

    private Simulator(Plan plan, PlantedBug? bug)
    {
        _world = new World(plan, bug);
        _checks = new RestChecks(_world);
    }

    public static Outcome Run(int seed, PlantedBug? bug = null) => Run(Planner.Make(seed), bug);

    public static Outcome Run(Plan plan, PlantedBug? bug = null)
    {
        var simulator = new Simulator(plan, bug);
        World world = simulator._world;
        Violation? broken = null;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(world.Turns);
        try
        {
            simulator.Play();
            simulator.ComeToRest();
        }
        catch (Violation violation)
        {
            broken = violation;
        }
        catch (InvalidOperationException fault) when (fault.Message.Contains("another thread", StringComparison.Ordinal))
        {
            broken = new Violation("thread", fault.Message);
        }
        catch (SchedulerException fault)
        {
            broken = new Violation("refusal", $"at rest: {fault.Code}: {fault.Message}");
        }
        finally
        {
            world.End();
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        return new Outcome(
            plan, broken, world.Turns.TraceHash, world.Turns.Turns, world.Elapsed, world.Ledger.Runs.Count, world.Ledger.Entries, [.. world.Notes]);
    }

    private void Play()
    {
        _world.Go(_world.StartAsync);
        foreach (Step step in _world.Plan.Steps.OfType<Step>())
        {
            _world.RunFor(step.At - _world.Elapsed);
            _world.Note(step.What);
            step.Do(_world);
        }

        _world.RunFor(_world.Plan.Length - _world.Elapsed);
    }

    private void ComeToRest()
    {
        _world.Note("calm");
        _world.IsCalm = true;
        _world.Await(_world.UpAsync(), Owed, "the start");
        if (!_world.RunUntil(() => _world.Client.Unanswered == 0, Owed))
        {
            _world.Fail("answer", $"{_world.Client.Unanswered} requests have no answer.");
        }

        // Long enough for every pause after failures to be over.
        _world.RunFor(TimeSpan.FromSeconds(150));
        _checks.CheckPunctual(_world.Time.GetUtcNow());
        foreach (string key in _world.Ledger.Schedules.Keys.ToArray())
        {
            _world.Client.Begin($"{key}: pause", client => new ScheduleRequests(_world, key).PauseAsync(client));
        }

        if (!_world.RunUntil(IsAtRest, Owed))
        {
            _world.Fail("rest", $"{string.Join(", ", _world.Ledger.Schedules.Values.SelectMany(schedule => schedule.Open).Select(run => $"{run.Run} is {run.Status}"))}; "
                + $"{string.Join(", ", _world.Ledger.Governor.Leases.Keys)} hold slots.");
        }

        _world.RunFor(TimeSpan.FromSeconds(5));
        Check();
        _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
        _world.RunFor(TimeSpan.FromSeconds(30));
        Check();
        CrashWithWork();
    }

    // Something is to run, and the process is gone before it has. Nobody calls: only what is stored can bring it back.
    private void CrashWithWork()
    {
        if (!_world.Ledger.Spaces.TryGetValue(SpaceSteps.Key, out SpaceAccount? account))
        {
            return;
        }

        ISpace space = _world.Process!.Directory.Get<ISpace>(SpaceSteps.Key);
        CommitRequest last = SpaceSteps.Last;
        _world.Go(() => space.CommitAsync(last, CancellationToken.None));
        _world.RunUntil(() => account.Has(last.Session, last.LocalSequence), Owed);
        _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
        _checks.ForgetRuns();
        _world.RunFor(TimeSpan.FromSeconds(150));
        Check();
    }

    private bool IsAtRest() => _world.Client.Unanswered == 0
        && _world.Ledger.Governor.Leases.Count == 0
        && _world.Ledger.Schedules.Values.All(schedule => schedule.Open.Count == 0)
        && _world.Ledger.Runs.Values.All(run => run.Recorded > 0);

    private void Check()
    {
        Wait(_checks.CheckSchedulesAsync(), "the schedules");
        Wait(CheckGovernorAsync(), "the governor");
        if (_world.Ledger.Spaces.ContainsKey(SpaceSteps.Key))
        {
            long runs = _checks.ActionRuns();
            ISettler settler = _world.Process!.Directory.Get<ISettler>(SpaceSteps.Key);
            if (!_world.Await(settler.WaitIdleAsync(TimeSpan.FromSeconds(20), CancellationToken.None), Owed, "the settler"))
            {
                _world.Fail("rest", "The space does not settle.");
            }

            if (_checks.ActionRuns() != runs)
            {
                _world.Fail("asleep", "An action ran only when somebody asked whether there was anything to run.");
            }

            Wait(_checks.CheckGraphAsync(), "the graph");
            Wait(_checks.CheckNothingRanAsync(), "the actions");
        }

        _world.ThrowIfBroken();
    }

    private async Task CheckGovernorAsync()
    {
        GovernorSnapshot snapshot = await _world.Process!.Directory.Get<IGovernor>(IGovernor.Key).GetAsync(CancellationToken.None);
        if (snapshot.Leases.Length > 0 || snapshot.Waiting > 0 || snapshot.Granted != _world.Ledger.Governor.Granted)
        {
            _world.Fail("governor", $"{snapshot.Leases.Length} slots are held, {snapshot.Waiting} wait, {snapshot.Granted} were granted; stored are {_world.Ledger.Governor.Granted}.");
        }
    }

    private void Wait(Task task, string what) => _world.Await(Known(task), Owed, what);

    private static async Task<int> Known(Task task)
    {
        await task;
        return 0;
    }
}
