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
    private readonly GraphChecks _graphs;

    private Simulator(Plan plan, PlantedBug? bug)
    {
        _world = new World(plan, bug);
        _checks = new RestChecks(_world);
        _graphs = new GraphChecks(_world);
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
        catch (Exception fault)
        {
            // Nothing that fails may end the other seeds, and none may fail without being told.
            broken = new Violation("simulation", fault.ToString());
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

        // They write as long as they go on.
        _world.RunUntil(() => !_world.HasZombies, Owed);
        if (_world.IsOvertaken)
        {
            // What it has active may be old, and nothing asks it to write any more.
            _world.RunFor(TimeSpan.FromSeconds(60));
            _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
        }

        LoadSpaces();

        // Long enough for every pause after failures to be over.
        _world.RunFor(TimeSpan.FromSeconds(150));
        _checks.CheckPunctual(_world.Time.GetUtcNow());
        foreach (string key in _world.Ledger.Schedules.Keys.ToArray())
        {
            _world.Client.Begin($"{key}: pause", client => new ScheduleRequests(_world, key).PauseAsync(client));
        }

        if (!_world.RunUntil(IsAtRest, Owed + _world.SetBack))
        {
            _world.Fail("rest", $"{string.Join(", ", _world.Ledger.Schedules.Values.SelectMany(schedule => schedule.Open).Select(run => $"{run.Run} is {run.Status}"))}; "
                + $"{string.Join(", ", _world.Ledger.Governor.Leases.Keys)} hold slots.");
        }

        _world.RunFor(TimeSpan.FromSeconds(5));
        Check();
        _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
        _world.RunFor(TimeSpan.FromSeconds(30));
        Check();
        ChangeCode();
        CrashWithWork();
    }

    // What is live runs by the new code, and only then is what it reads compared.
    private void ChangeCode()
    {
        if (_world.Plan.ChangesCode)
        {
            _world.ChangeCode();
            _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
            _graphs.ForgetRuns();
            _world.RunFor(TimeSpan.FromSeconds(5));
            LoadSpaces();
            _world.RunFor(TimeSpan.FromSeconds(60));
            Check();
        }
    }

    // That the code is another one is seen when a space is loaded, and nothing loads it while nobody asks.
    private void LoadSpaces()
    {
        foreach (string key in _world.Ledger.Spaces.Keys.Where(_ => _world.Plan.ChangesCode).ToArray())
        {
            _world.Client.Begin($"{key}: load", client => new SpaceRequests(_world, key).ObserveAsync(client));
        }
    }

    // Something is to run, and the process is gone before it has. Nobody calls: only what is stored can bring it back.
    private void CrashWithWork()
    {
        CommitRequest last = SpaceSteps.Last;
        KeyValuePair<string, SpaceAccount>[] spaces = [.. _world.Ledger.Spaces.Where(pair => pair.Value.Exists)];
        if (spaces.Length == 0)
        {
            return;
        }

        foreach ((string key, _) in spaces)
        {
            ISpace space = _world.Process!.Directory.Get<ISpace>(key);
            _world.Go(() => space.CommitAsync(last, CancellationToken.None));
        }

        _world.RunUntil(() => spaces.All(pair => pair.Value.Has(last.Session, last.LocalSequence)), Owed);
        _world.Go(() => _world.CrashAsync(TimeSpan.FromSeconds(1)));
        _graphs.ForgetRuns();
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
        Wait(_checks.CheckDefinitionsAsync(), "the definitions");
        foreach (string key in _world.Ledger.Spaces.Where(pair => pair.Value.Exists).Select(pair => pair.Key).ToArray())
        {
            long runs = _graphs.ActionRuns();
            ISettler settler = _world.Process!.Directory.Get<ISettler>(key);
            if (!_world.Await(settler.WaitIdleAsync(TimeSpan.FromSeconds(20), CancellationToken.None), Owed, "the settler"))
            {
                _world.Fail("rest", "The space does not settle.");
            }

            if (_graphs.ActionRuns() != runs)
            {
                _world.Fail("asleep", "An action ran only when somebody asked whether there was anything to run.");
            }

            Wait(_graphs.CheckGraphAsync(key), "the graph");
            Wait(_graphs.CheckNothingRanAsync(key), "the actions");
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
