using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Benchmarks.Calls;

/// <summary>P10: what the embedded engine adds to a method of an actor.</summary>
internal sealed class EmptyCallBenchmark : IBenchmark
{
    private const int BytesMax = 200;

    /// <summary>Reading the clock costs as much as a call, so it is read once in so many.</summary>
    private const int CallsPerLook = 256;

    public string Id => "P10";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureAsync(run, new ActorEngineOptions(), callers: 64, "64 callers on one actor", Target.AtMost(150));
        await MeasureAsync(run, new ActorEngineOptions { InlineDepthMax = 0 }, callers: 64, "64 callers on one actor, inline calls off", null);
        await MeasureAsync(run, new ActorEngineOptions(), callers: 1, "one caller, one by one", Target.AtMost(60));
    }

    private static async Task MeasureAsync(BenchmarkRun run, ActorEngineOptions options, int callers, string work, Target? target)
    {
        run.Tell(work);
        await using var store = new MemoryStore(MemoryImage.Empty, NoFaults.Instance, run.Time);
        var environment = new EngineEnvironment(store, store, run.Time, new ThreadPoolTurnScheduler(), Seed: 1, NullLoggerFactory.Instance);
        await using var engine = new ActorEngine(new ActorRegistry().Add<IEmpty>(_ => new EmptyActor()), environment, options);
        var costs = await run.RepeatAsync(length => CallAsync(engine, callers, run.Time, length));
        var queued = FormattableString.Invariant($"{100.0 * engine.Statistics.QueuedRequests / engine.Statistics.Requests:0} % of them queued");
        const string included = "call, await and the caller's loop; no storage";
        run.Report(new Row($"empty actor call, {work}: time per call", included, new Series(costs.Select(c => c.Nanoseconds)), Unit.Nanoseconds)
        {
            Target = target,
            Beside = queued,
        });
        run.Report(new Row($"empty actor call, {work}: bytes per call", included, new Series(costs.Select(c => c.Bytes)), Unit.Bytes)
        {
            Target = target is null ? null : Target.AtMost(BytesMax),
        });
    }

    /// <summary>All callers begin together and stop at the same instant.</summary>
    private static async Task<CallCost> CallAsync(ActorEngine engine, int callers, TimeProvider time, TimeSpan length)
    {
        var before = await engine.Get<IEmpty>("one").CountAsync();
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deadline = time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);
        Task<long>[] calls = [.. Enumerable.Range(0, callers).Select(_ => CallAsync(engine.Get<IEmpty>("one"), begin.Task, time, deadline))];
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = time.GetTimestamp();
        begin.SetResult();
        var total = (await Task.WhenAll(calls)).Sum();
        var took = time.GetElapsedTime(started);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;

        var counted = await engine.Get<IEmpty>("one").CountAsync() - before;
        WrongResultException.Unless(counted == total, $"the actor counted {counted} of {total} calls");
        return new CallCost(took.TotalNanoseconds / total, (double)bytes / total);
    }

    private static async Task<long> CallAsync(IEmpty actor, Task begin, TimeProvider time, long deadline)
    {
        await begin;
        long calls = 0;
        do
        {
            for (var i = 0; i < CallsPerLook; i++)
            {
                await actor.CallAsync();
            }

            calls += CallsPerLook;
        }
        while (time.GetTimestamp() < deadline);
        return calls;
    }
}
