namespace OrleansScheduler.Benchmarks;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Every result was right and every target met.</summary>
    public const int Good = 0;

    /// <summary>A benchmark failed, or its result was wrong: its numbers mean nothing.</summary>
    public const int Wrong = 1;

    /// <summary>The arguments are not accepted.</summary>
    public const int Usage = 2;

    /// <summary>Every result was right, but a target was missed.</summary>
    public const int Missed = 3;
}
