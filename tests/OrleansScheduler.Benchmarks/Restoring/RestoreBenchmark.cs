using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>P2: a process starts again, and registers everything that it had registered before.</summary>
internal sealed class RestoreBenchmark : IBenchmark
{
    private const int TrialsPerRound = 3;
    private const string Included = "engine stopped in order and opened again, process warm; timed: first RegisterAsync to its answer, with "
        + "SQLite (file in the page cache), decoding, indexes, comparing";

    private static readonly ImmutableArray<(int Actions, Target? Time, Target? Dirty)> Sizes =
    [
        (100, null, null),
        (1_000, Target.AtMost(5), Target.AtMost(1.2)),
        (10_000, null, Target.AtMost(1.2)),
    ];

    public string Id => "P2";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        List<(int Actions, Series Milliseconds)> growth = [];
        foreach (var (actions, timeTarget, dirtyTarget) in Sizes)
        {
            run.Tell($"{actions} actions");
            var space = new StoredSpace(new SpacePlan("restored", actions), run.Folder, run.Time);
            await space.PrepareAsync();
            var costs = await run.AlternateAsync(
                length => RestoreAsync(space, dirty: false, run, length), length => RestoreAsync(space, dirty: true, run, length));
            growth.Add((actions, Report(run, actions, costs, timeTarget, dirtyTarget)));
        }

        for (var i = 1; i < growth.Count; i++)
        {
            run.Report(Slope(growth[i - 1], growth[i]));
        }
    }

    private static Series Report(
        BenchmarkRun run, int actions, ImmutableArray<(RestoreCost Clean, RestoreCost Dirty)> costs, Target? timeTarget, Target? dirtyTarget)
    {
        var clean = new Series(costs.Select(cost => cost.Clean.RegisterMilliseconds));
        var open = new Series(costs.Select(cost => cost.Clean.OpenMilliseconds));
        run.Report(new Row($"load and register {actions:#,0} clean actions; 0 ran", Included, clean, Unit.Milliseconds)
        {
            Target = timeTarget,
            Beside = $"opening the folder before it {Unit.Milliseconds.Print(open.Median)}",
        });
        run.Report(new Row(
            $"the same with 1 % dirty, exactly which ran afterwards, of clean",
            Included,
            new Series(costs.Select(cost => cost.Dirty.RegisterMilliseconds / cost.Clean.RegisterMilliseconds)),
            Unit.Ratio)
        {
            Target = dirtyTarget,
            Beside = Unit.Milliseconds.Print(new Series(costs.Select(cost => cost.Dirty.RegisterMilliseconds)).Median),
        });
        return clean;
    }

    /// <summary>The exponent of the growth between two sizes: 1 is proportional.</summary>
    private static Row Slope((int Actions, Series Milliseconds) small, (int Actions, Series Milliseconds) large)
    {
        var sizes = Math.Log((double)large.Actions / small.Actions);
        double Exponent(double from, double to) => Math.Log(to / from) / sizes;
        var (low, high) = (small.Milliseconds, large.Milliseconds);
        return new Row(
            $"slope from {small.Actions:#,0} to {large.Actions:#,0} clean actions (1 is proportional)",
            Included,
            new Series([Exponent(low.Max, high.Min), Exponent(low.Median, high.Median), Exponent(low.Min, high.Max)]),
            Unit.Exponent);
    }

    /// <summary>The median of a few starts; more of them while there is time, which is what the warm-up needs.</summary>
    private static async Task<RestoreCost> RestoreAsync(StoredSpace space, bool dirty, BenchmarkRun run, TimeSpan length)
    {
        List<RestoreCost> costs = [];
        var started = run.Time.GetTimestamp();
        while (costs.Count < TrialsPerRound || run.Time.GetElapsedTime(started) < length)
        {
            costs.Add(await space.RestoreAsync(dirty));
        }

        return new RestoreCost(
            new Series(costs.Select(cost => cost.OpenMilliseconds)).Median,
            new Series(costs.Select(cost => cost.RegisterMilliseconds)).Median);
    }
}
