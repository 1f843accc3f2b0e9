using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Machines;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>The commits of P4e: plain commits beside raw group-committed inserts of the same payload bytes.</summary>
internal sealed class CommitBenchmark : IBenchmark
{
    /// <summary>What the first row would otherwise pay for all: the compilation of both sides.</summary>
    private static readonly TimeSpan FirstWarmup = TimeSpan.FromSeconds(1.5);

    private static readonly ImmutableArray<TimeSpan> Delays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(2)];

    private static readonly ImmutableArray<(int Callers, int Spaces, Target? Target)> Loads =
    [
        (1, 1, null),
        (64, 1, Target.AtLeast(0.5)),
        (64, 64, Target.AtLeast(0.5)),
        (1_024, 1, Target.AtLeast(0.2)),
        (1_024, 64, Target.AtLeast(0.2)),
    ];

    public string Id => "P4e";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        await WarmUpAsync(run);
        foreach (var delay in Delays)
        {
            foreach (var (callers, spaces, target) in Loads)
            {
                await MeasureAsync(run, new CommitLoad(callers, spaces, delay), target);
            }
        }
    }

    private static async Task WarmUpAsync(BenchmarkRun run)
    {
        run.Tell("warm-up");
        var load = new CommitLoad(Callers: 64, Spaces: 8, TimeSpan.Zero);
        var disk = new SlowFlush(load.Delay, run.Time);
        await using var ours = await SpaceWriter.OpenAsync(run.Folder.New(), run.Time, disk, load);
        await using var raw = new RawWriter(run.Folder.New(), disk);
        await new CallerCrowd(ours, load.Callers, run.Time).WriteAsync(FirstWarmup);
        await new CallerCrowd(raw, load.Callers, run.Time).WriteAsync(FirstWarmup);
    }

    private static async Task MeasureAsync(BenchmarkRun run, CommitLoad load, Target? target)
    {
        run.Tell($"{load.Work}, delay {load.Delay}");
        var flush = FlushLatency.Measure(run.Folder, run.Time).Median;
        var disk = new SlowFlush(load.Delay, run.Time);
        await using var ours = await SpaceWriter.OpenAsync(run.Folder.New(), run.Time, disk, load);
        await using var raw = new RawWriter(run.Folder.New(), disk);
        var ourCallers = new CallerCrowd(ours, load.Callers, run.Time);
        var rawCallers = new CallerCrowd(raw, load.Callers, run.Time);
        var rates = await run.AlternateAsync(ourCallers.WriteAsync, rawCallers.WriteAsync);
        await ourCallers.VerifyAsync();
        await rawCallers.VerifyAsync();
        var added = load.Delay > TimeSpan.Zero ? FormattableString.Invariant($" + {disk.AddedMilliseconds:0.00} ms") : "";
        run.Report(new Row(
            $"{load.Work}, of raw inserts",
            FormattableString.Invariant($"ISpace.CommitAsync of {Payload.Bytes} B, journal, SQLite with WAL, group commit; flush {flush:0.00} ms{added}"),
            new Series(rates.Select(rate => rate.Ours.PerSecond / rate.Peer.PerSecond)),
            Unit.Ratio)
        {
            Target = target,
            Beside = $"{Describe("ours", rates.Select(rate => rate.Ours))}; {Describe("raw", rates.Select(rate => rate.Peer))}",
        });
    }

    private static string Describe(string side, IEnumerable<CommitRate> rates)
    {
        var perSecond = new Series(rates.Select(rate => rate.PerSecond)).Median;
        var perFlush = new Series(rates.Select(rate => rate.PerFlush)).Median;
        return FormattableString.Invariant($"{side} {perSecond:#,0}/s, {perFlush:#,0.0} per flush");
    }
}
