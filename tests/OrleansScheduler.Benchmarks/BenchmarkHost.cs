using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Background;
using OrleansScheduler.Benchmarks.Calls;
using OrleansScheduler.Benchmarks.Commits;
using OrleansScheduler.Benchmarks.Firing;
using OrleansScheduler.Benchmarks.Machines;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Benchmarks.Occurrences;
using OrleansScheduler.Benchmarks.Restoring;
using OrleansScheduler.Benchmarks.Storing;

namespace OrleansScheduler.Benchmarks;

/// <summary>The life of the process: run what is wanted, print one table, end with one line that says the outcome.</summary>
/// <param name="time">The clock of everything.</param>
/// <param name="output">Where the table goes.</param>
/// <param name="errors">Where progress and complaints go.</param>
internal sealed class BenchmarkHost(TimeProvider time, TextWriter output, TextWriter errors)
{
    private static readonly ImmutableArray<IBenchmark> All =
    [
        new RestoreBenchmark(),
        new CommitBenchmark(),
        new OccurrenceBenchmark(),
        new EmptyCallBenchmark(),
        new BackgroundBenchmark(),
        new StoringBenchmark(),
        new ArchiveBenchmark(),
        new OneShotBenchmark(),
    ];

    /// <summary>Runs the benchmarks that the arguments want.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        try
        {
            var arguments = BenchmarkArguments.Parse(args);
            if (arguments.Help)
            {
                await output.WriteLineAsync(BenchmarkArguments.Usage);
                return ExitCodes.Good;
            }

            ImmutableArray<IBenchmark> wanted = [.. All.Where(benchmark => arguments.Wants(benchmark.Id))];
            return wanted.IsEmpty
                ? throw new UsageException($"--only {arguments.Only}: there are {string.Join(", ", All.Select(benchmark => benchmark.Id))}.")
                : await MeasureAsync(wanted, arguments.Quick ? Rounds.Quick : Rounds.Full);
        }
        catch (UsageException fault)
        {
            await errors.WriteLineAsync($"error: {fault.Message}");
            await errors.WriteLineAsync(BenchmarkArguments.Usage);
            return ExitCodes.Usage;
        }
    }

    private async Task<int> MeasureAsync(ImmutableArray<IBenchmark> wanted, Rounds rounds)
    {
        var started = time.GetTimestamp();
        var table = new Table(output);
        List<string> wrong = [];
        using (var folder = new DataFolder())
        {
            await output.WriteLineAsync(Machine.Describe(time, FlushLatency.Measure(folder, time), folder, rounds));
            table.Begin();
            foreach (var benchmark in wanted)
            {
                var failure = await RunAsync(benchmark, new BenchmarkRun(benchmark.Id, rounds, time, folder, table, errors));
                wrong.AddRange(failure is null ? [] : [$"{benchmark.Id}: {failure}"]);
            }
        }

        await output.WriteLineAsync();
        return Conclude(table, wrong, time.GetElapsedTime(started));
    }

    private async Task<string?> RunAsync(IBenchmark benchmark, BenchmarkRun run)
    {
        try
        {
            await benchmark.MeasureAsync(run);
            return null;
        }
        catch (Exception fault)
        {
            await errors.WriteLineAsync($"{benchmark.Id} {fault}");
            return fault.Message.ReplaceLineEndings(" ");
        }
    }

    private int Conclude(Table table, List<string> wrong, TimeSpan took)
    {
        var (code, outcome) = (wrong.Count, table.Missed) switch
        {
            ( > 0, _) => (ExitCodes.Wrong, $"wrong: {string.Join("; ", wrong)}"),
            (_, > 0) => (ExitCodes.Missed, $"missed: {table.Missed} of {table.Targets} targets"),
            _ => (ExitCodes.Good, $"good: {table.Targets} targets met"),
        };
        output.WriteLine(FormattableString.Invariant($"{outcome} ({table.Rows} rows in {took.TotalSeconds:0} s)"));
        return code;
    }
}
