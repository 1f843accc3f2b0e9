namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>One line of the table.</summary>
/// <param name="Work">What was done, with its size.</param>
/// <param name="Included">What the number includes: storage, flushes, and of which disk.</param>
/// <param name="Values">One per round.</param>
/// <param name="Unit">What they count.</param>
internal sealed record Row(string Work, string Included, Series Values, Unit Unit)
{
    /// <summary>Null, the default: a number to know, without a target.</summary>
    public Target? Target { get; init; }

    /// <summary>Absolute values behind a ratio; empty by default.</summary>
    public string Beside { get; init; } = "";
}
