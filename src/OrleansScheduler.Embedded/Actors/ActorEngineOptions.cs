namespace OrleansScheduler.Embedded.Actors;

/// <summary>The limits of an <see cref="ActorEngine"/>. All are checked, and copied, when the engine is created.</summary>
public sealed class ActorEngineOptions
{
    /// <summary>How long an actor without requests stays in memory; 1 second to 1 day, 10 minutes by default.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the engine looks for idle actors; 1 second to 1 hour, 1 minute by default.</summary>
    public TimeSpan CollectionInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Unanswered requests per actor, queued and started; 1 to 1,000,000, 10,000 by default. A call that runs inline
    /// while the queue fills up can exceed it by one.</summary>
    public int UnansweredRequestsMax { get; set; } = 10_000;

    /// <summary>How long an orderly end waits for the actor to flush; 1 second to 10 minutes, 10 seconds by default.</summary>
    public TimeSpan FlushWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many inline calls may be nested on one thread; 0 (always queue) to 64, 8 by default.</summary>
    public int InlineDepthMax { get; set; } = 8;

    /// <summary>How many wake-ups may be under way at once; 1 to 10,000, 64 by default.</summary>
    public int ConcurrentWakeupsMax { get; set; } = 64;

    /// <exception cref="ArgumentException">Names every option that is out of its range.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(IdleAfter), IdleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(faults, nameof(CollectionInterval), CollectionInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(faults, nameof(UnansweredRequestsMax), UnansweredRequestsMax, 1, 1_000_000);
        Check(faults, nameof(FlushWait), FlushWait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(faults, nameof(InlineDepthMax), InlineDepthMax, 0, 64);
        Check(faults, nameof(ConcurrentWakeupsMax), ConcurrentWakeupsMax, 1, 10_000);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"Engine options: {string.Join("; ", faults)}.");
        }
    }

    internal ActorEngineOptions Copy() => (ActorEngineOptions)MemberwiseClone();

    private static void Check<T>(List<string> faults, string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            faults.Add(FormattableString.Invariant($"{name} is {value}, not {min} to {max}"));
        }
    }
}
