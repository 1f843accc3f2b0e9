namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>One side of the comparison.</summary>
internal interface IDurableWriter : IAsyncDisposable
{
    /// <summary>Transactions that were made durable so far.</summary>
    long Flushes { get; }

    /// <summary>Writes the payload of a caller; completes when it is durable.</summary>
    /// <param name="caller">From 0. One write of a caller at a time.</param>
    /// <param name="number">From 1, without gaps.</param>
    Task WriteAsync(int caller, long number);

    /// <summary>Looks at the answer of a write that has completed.</summary>
    /// <exception cref="Measuring.WrongResultException">It is not the one that was due.</exception>
    void Accept(int caller, long number, Task write);

    /// <summary>Stops, opens what was stored again, and looks whether all of it is there.</summary>
    /// <param name="numbers">The last number of each caller.</param>
    /// <exception cref="Measuring.WrongResultException">Something is missing.</exception>
    Task VerifyAsync(long[] numbers);
}
