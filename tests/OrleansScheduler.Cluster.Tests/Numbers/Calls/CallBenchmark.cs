using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Cluster.Tests.Numbers.Silos;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Cluster.Tests.Numbers.Calls;

/// <summary>Calls of spaces beside calls of a grain in a silo without the scheduler. Nothing is stored.</summary>
internal sealed class CallBenchmark(SiloPair silos) : IBenchmark
{
    private const int Spaces = 64;

    public string Id => "calls";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        ImmutableArray<ISpaceGrain> spaces = await silos.SpacesAsync("calls", Spaces);
        ImmutableArray<ISpaceGrain> near = [.. spaces.Where((_, number) => number % 2 == 0)];
        ImmutableArray<ISpaceGrain> far = [.. spaces.Where((_, number) => number % 2 == 1)];
        ImmutableArray<IEchoGrain> echoes = [.. near.Select((_, number) => silos.Plain.GetGrain<IEchoGrain>($"echo-{number}"))];
        await MeasureAsync(run, "in a silo, 64 callers", 64, near, echoes);
        await MeasureAsync(run, "in a silo, 1 caller", 1, near, echoes);
        await MeasureAsync(run, "between silos, 64 callers", 64, far, echoes);
        await MeasureAsync(run, "between silos, 1 caller", 1, far, echoes);
    }

    private static async Task MeasureAsync(
        BenchmarkRun run, string work, int callers, ImmutableArray<ISpaceGrain> spaces, ImmutableArray<IEchoGrain> echoes)
    {
        run.Tell(work);
        await using var calls = new CallWriter<SpaceSummary>(
            (caller, _) => spaces[caller % spaces.Length].SummarizeAsync(CancellationToken.None),
            (summary, caller, _) => summary.Space == spaces[caller % spaces.Length].GetPrimaryKeyString());
        await using var plain = new CallWriter<long>(
            (caller, number) => echoes[caller % echoes.Length].EchoAsync(number, CancellationToken.None),
            (answer, _, number) => answer == number);
        var ours = new CallerCrowd(calls, callers, run.Time);
        var peers = new CallerCrowd(plain, callers, run.Time);
        await Warming.UntilSteadyAsync(ours);
        await Warming.UntilSteadyAsync(peers);
        ImmutableArray<(CommitRate Ours, CommitRate Peer)> rates = await run.AlternateAsync(ours.WriteAsync, peers.WriteAsync);
        double rate = new Series(rates.Select(pair => pair.Ours.PerSecond)).Median;
        double peer = new Series(rates.Select(pair => pair.Peer.PerSecond)).Median;
        run.Report(new Row(
            $"calls {work}, of plain calls in a silo",
            "ISpace.SummarizeAsync; the peer echoes a number, without filters; warm",
            new Series(rates.Select(pair => pair.Ours.PerSecond / pair.Peer.PerSecond)),
            Unit.Ratio)
        {
            Beside = FormattableString.Invariant($"ours {rate:#,0}/s, plain {peer:#,0}/s"),
        });
    }
}
