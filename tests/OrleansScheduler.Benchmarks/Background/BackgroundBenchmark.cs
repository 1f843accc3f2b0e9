using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Benchmarks.Background;

/// <summary>P11: what writing in the background costs those who change the state.</summary>
internal sealed class BackgroundBenchmark : IBenchmark
{
    private const int PerSecond = 1_000;

    /// <summary>So long, because a busy state is written once in two seconds.</summary>
    private static readonly TimeSpan LengthMin = TimeSpan.FromSeconds(4.2);

    public string Id => "P11";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        run.Tell("1,000 mutations/s");
        var costs = await run.AlternateAsync(length => MutateAsync(run, isWritten: true, length), length => MutateAsync(run, isWritten: false, length));
        const string included = "call of an actor in this process at 1,000/s, 4 KiB of state, written to SQLite with a flush";
        run.Report(new Row(
            "p99 that a background writer adds to a mutation",
            included,
            new Series(costs.Select(cost => cost.Ours.P99Microseconds - cost.Peer.P99Microseconds)),
            new Unit(" µs", "#,0.0"))
        {
            Target = Target.AtMost(50),
            Beside = FormattableString.Invariant(
                $"p99 {Median(costs.Select(cost => cost.Ours.P99Microseconds)):0.0} with, {Median(costs.Select(cost => cost.Peer.P99Microseconds)):0.0} without; {Median(costs.Select(cost => cost.Ours.PerSecond)):#,0}/s"),
        });
        run.Report(new Row(
            "writes of the background writer", included, new Series(costs.Select(cost => cost.Ours.WritesPerSecond)), new Unit("/s", "0.00"))
        {
            Target = Target.AtMost(1),
        });
    }

    private static double Median(IEnumerable<double> values) => new Series(values).Median;

    private static async Task<MutationCost> MutateAsync(BenchmarkRun run, bool isWritten, TimeSpan length)
    {
        length = length < LengthMin && length >= run.Rounds.Length ? LengthMin : length;
        var folder = run.Folder.New();
        await using var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = folder }, NoFaults.Instance, run.Time, CancellationToken.None);
        var environment = new EngineEnvironment(store, store, run.Time, new ThreadPoolTurnScheduler(), Seed: 1, NullLoggerFactory.Instance);
        await using var engine = new ActorEngine(
            new ActorRegistry().Add<IMutated>(context => new MutatedActor(context, isWritten)), environment, new ActorEngineOptions());
        await engine.StartAsync(CancellationToken.None);
        var actor = engine.Get<IMutated>("one");
        await actor.SaveAsync();

        var latencies = await PaceAsync(actor, run.Time, length);
        var writes = await actor.SaveAsync();
        await VerifyAsync(store, isWritten, latencies.Count);
        latencies.Sort();
        return new MutationCost(latencies[(int)(latencies.Count * 0.99)], writes / length.TotalSeconds, latencies.Count / length.TotalSeconds);
    }

    /// <summary>Calls at an even pace and catches up where the timer came late; microseconds of each call.</summary>
    private static async Task<List<double>> PaceAsync(IMutated actor, TimeProvider time, TimeSpan length)
    {
        List<double> latencies = [];
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), time);
        while (time.GetElapsedTime(started) is var elapsed && elapsed < length)
        {
            for (var due = elapsed.TotalSeconds * PerSecond; latencies.Count < due;)
            {
                var before = time.GetTimestamp();
                await actor.MutateAsync();
                latencies.Add(time.GetElapsedTime(before).TotalMicroseconds);
            }

            await timer.WaitForNextTickAsync();
        }

        return latencies;
    }

    private static async Task VerifyAsync(SqliteStore store, bool isWritten, int mutations)
    {
        var stored = await store.State("benchmark-mutated", "one").ReadAsync(MutatedActor.State, CancellationToken.None);
        var found = stored is null ? 0 : BinaryPrimitives.ReadInt64LittleEndian(stored.Content.Span);
        var due = isWritten ? mutations : 0;
        WrongResultException.Unless(found == due, $"the stored state has seen {found} of {due} mutations");
    }
}
