namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>One line of <c>design/07-quality.md</c>: it measures, checks its own results, and reports its rows.</summary>
internal interface IBenchmark
{
    /// <summary>The id of the line, such as P10.</summary>
    string Id { get; }

    /// <summary>Measures and reports. Rows that were reported before a failure stand.</summary>
    /// <exception cref="WrongResultException">What was measured did not do its work.</exception>
    Task MeasureAsync(BenchmarkRun run);
}
