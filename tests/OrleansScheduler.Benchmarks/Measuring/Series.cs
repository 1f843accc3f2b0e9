using System.Collections.Immutable;

namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>What the rounds of one row gave.</summary>
internal sealed class Series
{
    private readonly ImmutableArray<double> _sorted;

    /// <param name="values">At least one, in any order.</param>
    public Series(IEnumerable<double> values)
    {
        _sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(values));
    }

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;
}
