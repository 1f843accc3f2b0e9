using OrleansScheduler.Benchmarks.Machines;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>The firings of P4e: durable one-shot schedules, from scheduling to finished, beside Quartz on SQLite.</summary>
internal sealed class OneShotBenchmark : IBenchmark
{
    private const int OursQuick = 2_000;
    private const int OursFull = 10_000;

    /// <summary>Fewer, because each takes Quartz so long; the rate is what counts.</summary>
    private const int PeerDivisor = 10;

    public string Id => "P4es";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        var count = run.Rounds == Rounds.Quick ? OursQuick : OursFull;
        run.Tell($"{count} one-shot schedules");
        var flush = FlushLatency.Measure(run.Folder, run.Time).Median;
        var ours = new EmbeddedFiring(run.Time);
        var quartz = new QuartzFiring(run.Time);
        await ours.FireAsync(run.Folder.New(), count / 4);
        await quartz.FireAsync(run.Folder.New(), count / PeerDivisor / 4);
        List<(double Ours, double Peer)> rates = [];
        for (var round = 0; round < run.Rounds.Count; round++)
        {
            rates.Add((await RateAsync(ours, run, count), await RateAsync(quartz, run, count / PeerDivisor)));
        }

        var ourRate = new Series(rates.Select(rate => rate.Ours));
        var peerRate = new Series(rates.Select(rate => rate.Peer));
        var included = FormattableString.Invariant(
            $"create from {FiringBoard.Callers} callers, fire, slot, no-op handler, end; SQLite with WAL and a flush per commit, cap 1,000; flush {flush:0.00} ms");
        run.Report(new Row(
            FormattableString.Invariant($"{count:#,0} one-shot schedules to finished, each ran once; of Quartz 4.7.3 with {count / PeerDivisor:#,0}"),
            included,
            new Series(rates.Select(rate => rate.Ours / rate.Peer)),
            Unit.Ratio)
        {
            Target = Target.AtLeast(10),
            Beside = FormattableString.Invariant($"ours {ourRate.Median:#,0}/s, Quartz {peerRate.Median:#,0}/s"),
        });
    }

    private static async Task<double> RateAsync(IFiringSide side, BenchmarkRun run, int count) =>
        count / await side.FireAsync(run.Folder.New(), count);
}
