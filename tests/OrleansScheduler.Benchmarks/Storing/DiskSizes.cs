using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Actions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Benchmarks.Restoring;
using OrleansScheduler.Embedded;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>How many bytes of the file a thing takes: the length of the closed file with 10,000 of them and without.</summary>
internal sealed class DiskSizes(BenchmarkRun run)
{
    private const int Count = 10_000;
    private const string Handler = "never";
    private const int IdleWaitsMax = 9;
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(20);

    /// <summary>Schedules that are due far in the future.</summary>
    public async Task<double> PerScheduleAsync()
    {
        var folder = run.Folder.New();
        var before = await EmptyAsync(folder);
        await using (var scheduler = await StartAsync(folder))
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
            {
                await Task.Yield();
                for (var number = caller; number < Count; number += 64)
                {
                    var definition = new ScheduleDefinition(new OnceTrigger(run.Time.GetUtcNow().AddYears(1)), new HandlerTarget(Handler));
                    await scheduler.Directory.Get<ISchedule>(ScheduleId.Of("benchmarks", $"schedule-{number}").ToString())
                        .CreateAsync(definition, CancellationToken.None);
                }
            }));
        }

        return (double)(LengthOf(folder) - before) / Count;
    }

    /// <summary>Computations that nobody needs yet, and then what each of their runs leaves: its observation and the value it wrote.</summary>
    public async Task<(double PerAction, double PerObservation)> PerActionAsync()
    {
        var folder = run.Folder.New();
        var plan = new SpacePlan("sizes", Count);
        await using (var scheduler = await StartAsync(folder))
        {
            await scheduler.Directory.Get<ISpace>(plan.Space).CommitAsync(plan.FirstInputs(), CancellationToken.None);
        }

        var before = LengthOf(folder);
        await using (var scheduler = await StartAsync(folder))
        {
            var computations = plan.Definitions().RemoveAt(Count);
            await scheduler.Directory.Get<ISpace>(plan.Space).RegisterAsync(computations, CancellationToken.None);
        }

        var registered = LengthOf(folder);
        await using (var scheduler = await StartAsync(folder))
        {
            await scheduler.Directory.Get<ISpace>(plan.Space).RegisterAsync([plan.Definitions()[Count]], CancellationToken.None);
            var settler = scheduler.Directory.Get<ISettler>(plan.Space);
            var isIdle = false;
            for (var waits = 0; !isIdle && waits < IdleWaitsMax; waits++)
            {
                isIdle = await settler.WaitIdleAsync(IdleWait, CancellationToken.None);
            }

            WrongResultException.Unless(isIdle, $"the space did not come to rest within {IdleWaitsMax * IdleWait}");
            var last = await scheduler.Directory.Get<ISpace>(plan.Space).ListActionsAsync(after: null, limit: 1_000, CancellationToken.None);
            WrongResultException.Unless(last.Actions.All(action => action.Runs > 0), $"some of {last.Actions.Length} actions have not run");
        }

        return ((double)(registered - before) / Count, (double)(LengthOf(folder) - registered) / Count);
    }

    private static long LengthOf(string folder) => Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length);

    private async Task<long> EmptyAsync(string folder)
    {
        await using (await StartAsync(folder))
        {
        }

        return LengthOf(folder);
    }

    private Task<EmbeddedScheduler> StartAsync(string folder)
    {
        var builder = new EmbeddedSchedulerBuilder { Folder = folder, Time = run.Time, Loggers = NullLoggerFactory.Instance };
        builder.Handlers.Add(Handler, () => new CopyField(), version: "1");
        builder.Handlers.Add(CopyField.Name, () => new CopyField(), version: "1");
        builder.Handlers.Add(ReadAll.Name, () => new ReadAll(), version: "1");
        return builder.StartAsync(CancellationToken.None);
    }
}
