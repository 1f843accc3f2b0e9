namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Times and limits of background writing.</summary>
internal sealed record BackgroundOptions
{
    /// <summary>A write begins when no request came for so long.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A write begins at the latest when its oldest unsaved change is so old.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between tries; at most a minute.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for the newest state to be written; less than the 10 s that an actor is given to end, so
    /// that it is still there to name what was not written.</summary>
    public TimeSpan StopWait { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Keys that may be unsaved at the same time.</summary>
    public int KeysMax { get; init; } = 1_000;
}
