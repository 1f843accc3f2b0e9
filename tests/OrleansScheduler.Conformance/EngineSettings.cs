namespace OrleansScheduler.Conformance;

/// <summary>What a test asks of the engine it runs on.</summary>
public sealed record EngineSettings
{
    /// <summary>Unanswered requests per actor.</summary>
    public int UnansweredRequestsMax { get; init; } = 10_000;

    /// <summary>How long an idle actor stays; the engine may take up to three <see cref="CollectionInterval"/> more.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the engine looks for idle actors.</summary>
    public TimeSpan CollectionInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an orderly end waits for a flush.</summary>
    public TimeSpan FlushWait { get; init; } = TimeSpan.FromSeconds(10);
}
