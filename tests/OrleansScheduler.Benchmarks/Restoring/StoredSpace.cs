using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Embedded;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>The space of a plan in a folder, stopped in order; trials start from copies of it.</summary>
/// <param name="plan">The space.</param>
/// <param name="folders">Where data goes.</param>
/// <param name="time">The clock.</param>
internal sealed class StoredSpace(SpacePlan plan, DataFolder folders, TimeProvider time)
{
    /// <summary>The longest wait that the settler grants.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(20);

    /// <summary>So many of them, for a slow machine: what is timed is over before.</summary>
    private const int IdleWaitsMax = 6;

    /// <summary>A space that is registered before the one that is measured.</summary>
    /// <remarks>Each engine makes its references anew, and the first call of each method compiles them; no space is to pay for that.</remarks>
    private static readonly SpacePlan Other = new("other", Computations: 1);

    private readonly string _clean = folders.New();
    private string _dirty = "";
    private IReadOnlyDictionary<string, long> _runs = ImmutableDictionary<string, long>.Empty;

    /// <summary>Runs everything once, and then gives one percent another input while no handler is there to run anything.</summary>
    public async Task PrepareAsync()
    {
        await using (var scheduler = await StartAsync(_clean, withHandlers: true))
        {
            await RunAsync(scheduler, Other);
            _runs = await RunAsync(scheduler, plan);
            WrongResultException.Unless(_runs.Values.All(runs => runs > 0), $"some of {_runs.Count} actions have not run");
        }

        await ForgetWakeupsAsync(_clean);
        _dirty = folders.CopyOf(_clean);
        await using (var scheduler = await StartAsync(_dirty, withHandlers: false))
        {
            await scheduler.Directory.Get<ISpace>(plan.Space).CommitAsync(plan.OtherInputs(), CancellationToken.None);
        }

        await ForgetWakeupsAsync(_dirty);
    }

    /// <summary>Starts from a copy of the space, registers everything, and looks who ran: nobody, or those who had to.</summary>
    public async Task<RestoreCost> RestoreAsync(bool dirty)
    {
        var folder = folders.CopyOf(dirty ? _dirty : _clean);
        var started = time.GetTimestamp();
        await using var scheduler = await StartAsync(folder, withHandlers: true);
        var opening = time.GetElapsedTime(started);
        await RegisterAsync(scheduler, Other);
        await WaitIdleAsync(scheduler, Other);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var registering = await RegisterAsync(scheduler, plan);

        await WaitIdleAsync(scheduler, plan);
        VerifyRuns(await RunsAsync(scheduler, plan), dirty ? plan.Owed() : []);
        return new RestoreCost(opening.TotalMilliseconds, registering.TotalMilliseconds);
    }

    private async Task<TimeSpan> RegisterAsync(EmbeddedScheduler scheduler, SpacePlan registered)
    {
        var definitions = registered.Definitions();
        var space = scheduler.Directory.Get<ISpace>(registered.Space);
        var started = time.GetTimestamp();
        var answer = await space.RegisterAsync(definitions, CancellationToken.None);
        var took = time.GetElapsedTime(started);
        var others = definitions.Length - answer.Count(action => action.Outcome == Registration.Restored);
        WrongResultException.Unless(others == 0, $"{others} actions were not restored");
        return took;
    }

    private static async Task<IReadOnlyDictionary<string, long>> RunAsync(EmbeddedScheduler scheduler, SpacePlan first)
    {
        var space = scheduler.Directory.Get<ISpace>(first.Space);
        await space.CommitAsync(first.FirstInputs(), CancellationToken.None);
        await space.RegisterAsync(first.Definitions(), CancellationToken.None);
        await WaitIdleAsync(scheduler, first);
        return await RunsAsync(scheduler, first);
    }

    private static async Task WaitIdleAsync(EmbeddedScheduler scheduler, SpacePlan settled)
    {
        var settler = scheduler.Directory.Get<ISettler>(settled.Space);
        var idle = false;
        for (var waits = 0; !idle && waits < IdleWaitsMax; waits++)
        {
            idle = await settler.WaitIdleAsync(IdleWait, CancellationToken.None);
        }

        WrongResultException.Unless(idle, $"the space did not come to rest within {IdleWaitsMax * IdleWait}");
    }

    private static async Task<IReadOnlyDictionary<string, long>> RunsAsync(EmbeddedScheduler scheduler, SpacePlan listed)
    {
        var space = scheduler.Directory.Get<ISpace>(listed.Space);
        Dictionary<string, long> runs = [];
        string? next = null;
        do
        {
            var page = await space.ListActionsAsync(next, limit: 1_000, CancellationToken.None);
            foreach (var action in page.Actions)
            {
                runs.Add(action.Name, action.Runs);
            }

            next = page.Next;
        }
        while (next is not null);
        return runs;
    }

    /// <summary>Exactly those who had to run did, and once.</summary>
    private void VerifyRuns(IReadOnlyDictionary<string, long> now, HashSet<string> owed)
    {
        WrongResultException.Unless(now.Count == _runs.Count, $"{now.Count} of {_runs.Count} actions are there");
        foreach (var (name, runs) in now)
        {
            var due = _runs[name] + (owed.Contains(name) ? 1 : 0);
            WrongResultException.Unless(runs == due, $"{name} ran {runs - _runs[name]} times, but {due - _runs[name]} were due");
        }
    }

    /// <summary>Removes the wake-up of the last minute, as the engine would by itself a minute later.</summary>
    /// <remarks>Otherwise it would fire during the start, and load the space before anybody calls.</remarks>
    private async Task ForgetWakeupsAsync(string folder)
    {
        await using var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = folder }, NoFaults.Instance, time, CancellationToken.None);
        foreach (var wakeup in await store.ListWakeupsAsync(after: null, countMax: 1_000, CancellationToken.None))
        {
            await store.ClearWakeupAsync(wakeup.Kind, wakeup.Key, CancellationToken.None);
        }
    }

    private Task<EmbeddedScheduler> StartAsync(string folder, bool withHandlers)
    {
        var builder = new EmbeddedSchedulerBuilder { Folder = folder, Time = time, Loggers = NullLoggerFactory.Instance };
        if (withHandlers)
        {
            builder.Handlers.Add(CopyField.Name, () => new CopyField(), version: "1");
            builder.Handlers.Add(ReadAll.Name, () => new ReadAll(), version: "1");
        }

        return builder.StartAsync(CancellationToken.None);
    }
}
