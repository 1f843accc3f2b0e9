namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>Who writes, and to how slow a disk.</summary>
/// <param name="Callers">Callers at once; each waits until its write is durable before it begins the next.</param>
/// <param name="Spaces">Over how many spaces they are spread.</param>
/// <param name="Delay">Added to every flush of both sides; zero for the disk as it is.</param>
internal sealed record CommitLoad(int Callers, int Spaces, TimeSpan Delay)
{
    public string Work => (Callers, Spaces) switch
    {
        (1, _) => "commits, 1 caller",
        (_, 1) => $"commits, {Callers:#,0} callers on one space",
        _ => $"commits, {Callers:#,0} callers over {Spaces} spaces",
    };
}
