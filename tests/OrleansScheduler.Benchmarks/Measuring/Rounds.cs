namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>How long a row is measured.</summary>
/// <param name="Name">For the header.</param>
/// <param name="Count">Measured rounds; the row is their median.</param>
/// <param name="Warmup">What runs before them and does not count.</param>
/// <param name="Length">One round of work that can be cut by time.</param>
internal sealed record Rounds(string Name, int Count, TimeSpan Warmup, TimeSpan Length)
{
    public static Rounds Quick { get; } = new("quick", 3, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(0.4));

    public static Rounds Full { get; } = new("full", 7, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
}
