using OrleansScheduler.Benchmarks.Commits;

namespace OrleansScheduler.Cluster.Tests.Numbers.Silos;

/// <summary>Runs a load until it is as fast as it gets.</summary>
/// <remarks>A call goes through hundreds of methods, each of which is compiled again once it is known to be hot, by a thread that shares the
/// cores with the load. On a busy machine that takes far longer than one round: cold calls were five to ten times as dear.</remarks>
internal static class Warming
{
    private const int SlicesMax = 40;
    private const int SlicesWithoutGain = 4;
    private const double Gain = 1.05;

    public static async Task UntilSteadyAsync(CallerCrowd crowd)
    {
        double best = 0;
        for (int slice = 0, since = 0; slice < SlicesMax && since < SlicesWithoutGain; slice++)
        {
            double rate = (await crowd.WriteAsync(TimeSpan.FromSeconds(1))).PerSecond;
            since = rate > best * Gain ? 0 : since + 1;
            best = Math.Max(best, rate);
        }
    }
}
