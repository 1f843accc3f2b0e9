using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded;
using OrleansScheduler.Governing;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>Ours: schedules of an owner, over SQLite in the folder.</summary>
internal sealed class EmbeddedFiring(TimeProvider time) : IFiringSide
{
    private const int Cap = 1_000;

    public async Task<double> FireAsync(string folder, int count)
    {
        var board = new FiringBoard(count);
        var builder = new EmbeddedSchedulerBuilder { Folder = folder, Time = time, Loggers = new EndLogger(board) };
        builder.Handlers.Add("count", () => new Count(board), version: "1");
        await using var scheduler = await builder.StartAsync(CancellationToken.None);
        var settings = new GovernorSettings(Cap, ImmutableSortedDictionary<string, int>.Empty);
        await scheduler.Directory.Get<IGovernor>(IGovernor.Key).ConfigureAsync(settings, CancellationToken.None);

        var started = time.GetTimestamp();
        await board.ForAllAsync(job => scheduler.Directory.Get<ISchedule>(KeyOf(job)).CreateAsync(
            new ScheduleDefinition(new OnceTrigger(time.GetUtcNow()), new HandlerTarget("count", Payload: JsonNumber.Of(job))),
            CancellationToken.None));
        await board.Ended;
        var took = time.GetElapsedTime(started).TotalSeconds;

        board.Verify();
        await VerifyAsync(scheduler, count);
        return took;
    }

    private static string KeyOf(int job) => ScheduleId.Of("benchmarks", $"once-{job}").ToString();

    private static async Task VerifyAsync(EmbeddedScheduler scheduler, int count)
    {
        for (var job = 0; job < count; job += 97)
        {
            var detail = await scheduler.Directory.Get<ISchedule>(KeyOf(job)).GetAsync(CancellationToken.None);
            WrongResultException.Unless(
                detail is { State: ScheduleState.Completed, Counters: { Due: 1, Ran: 1 } },
                $"{detail.Schedule} is {detail.State} with {detail.Counters}");
        }
    }

    private sealed class Count(FiringBoard board) : IActionHandler
    {
        public Task HandleAsync(IRunContext context)
        {
            board.Run((int)context.Payload!.AsInt64());
            return Task.CompletedTask;
        }
    }
}
