using System.Collections.Immutable;
using System.Diagnostics;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;

namespace OrleansScheduler.Cluster.Tests.Numbers.Commits;

/// <summary>Plain commits through grains on PostgreSQL, beside raw writes of the same payload bytes to the same server.</summary>
internal sealed class ClusterCommitBenchmark(SiloPair silos, OwnDatabase database) : IBenchmark
{
    public string Id => "P4c";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureAsync(run, "commits, 1 caller, of raw updates by 1 caller", 1, 1, "one");
        await MeasureAsync(run, "commits, 64 callers on one space, of raw group-committed inserts", 64, 1, "shared");
        await MeasureAsync(run, "commits, 64 callers over 64 spaces, of raw updates of 64 rows", 64, 64, "many");
    }

    private async Task MeasureAsync(BenchmarkRun run, string work, int callers, int spaces, string name)
    {
        run.Tell(work);
        await using var commits = new SpaceCommits(await silos.SpacesAsync(name, spaces), database);
        await using IDurableWriter raw = callers > spaces
            ? await RawGroups.OpenAsync(database, $"raw_{name}")
            : await RawRows.OpenAsync(database, $"raw_{name}", callers);
        var ours = new CallerCrowd(commits, callers, run.Time);
        var peers = new CallerCrowd(raw, callers, run.Time);
        await Warming.UntilSteadyAsync(ours);
        await Warming.UntilSteadyAsync(peers);
        var pairs = await run.AlternateAsync(length => WithCostAsync(ours, length), length => WithCostAsync(peers, length));
        await ours.VerifyAsync();
        await peers.VerifyAsync();
        run.Report(new Row(
            work,
            FormattableString.Invariant($"ISpace.CommitAsync of {Payload.Bytes} B, journal, grain storage, flush to disk; half of the spaces in the other silo"),
            new Series(pairs.Select(pair => pair.Ours.Rate.PerSecond / pair.Peer.Rate.PerSecond)),
            Unit.Ratio)
        {
            Beside = $"{Describe("ours", pairs.Select(pair => pair.Ours))}; {Describe("raw", pairs.Select(pair => pair.Peer))}",
        });
    }

    private async Task<Cost> WithCostAsync(CallerCrowd crowd, TimeSpan length)
    {
        double logBytes = await database.LogBytesAsync();
        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        CommitRate rate = await crowd.WriteAsync(length);
        process.Refresh();
        double writes = rate.PerSecond * length.TotalSeconds;
        return new Cost(
            rate, (process.TotalProcessorTime - processor).TotalMicroseconds / writes, (await database.LogBytesAsync() - logBytes) / writes);
    }

    private static string Describe(string side, IEnumerable<Cost> costs)
    {
        ImmutableArray<Cost> all = [.. costs];
        double Median(Func<Cost, double> value) => new Series(all.Select(value)).Median;
        return FormattableString.Invariant(
            $"{side} {Median(cost => cost.Rate.PerSecond):#,0}/s, {Median(cost => cost.ProcessorMicroseconds):#,0} µs of processor here, {Median(cost => cost.LogBytes):#,0} B of log, {Median(cost => cost.Rate.PerFlush):0.0} per written row");
    }

    private readonly record struct Cost(CommitRate Rate, double ProcessorMicroseconds, double LogBytes);
}
