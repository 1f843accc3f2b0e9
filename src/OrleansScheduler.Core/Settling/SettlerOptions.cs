namespace OrleansScheduler.Core.Settling;

/// <summary>Limits of a settler.</summary>
internal sealed record SettlerOptions
{
    /// <summary>Handlers of one space that run side by side, 1 to 1,000.</summary>
    public int RunsMax { get; init; } = 64;

    /// <summary>Pulls of one space that wait at once, 1 to 10,000.</summary>
    public int PullsMax { get; init; } = 1_000;

    /// <summary>The longest pause between two looks while something waits to become eligible.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(60);
}
