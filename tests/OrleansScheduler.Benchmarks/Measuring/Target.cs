namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>What the median of a row is held against.</summary>
internal sealed class Target
{
    private readonly double _bound;
    private readonly bool _isCeiling;

    private Target(double bound, bool isCeiling)
    {
        _bound = bound;
        _isCeiling = isCeiling;
    }

    public static Target AtMost(double bound) => new(bound, isCeiling: true);

    public static Target AtLeast(double bound) => new(bound, isCeiling: false);

    public bool IsMetBy(Series values) => _isCeiling ? values.Median <= _bound : values.Median >= _bound;

    public string Print(Unit unit) => $"{(_isCeiling ? '≤' : '≥')} {unit.Print(_bound)}";
}
