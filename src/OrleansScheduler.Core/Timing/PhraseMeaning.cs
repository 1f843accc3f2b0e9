namespace OrleansScheduler.Core.Timing;

/// <summary>What a phrase for a time means: one of the nested kinds.</summary>
public abstract record PhraseMeaning
{
    private PhraseMeaning()
    {
    }

    /// <summary>Due as a cron expression says, in the zone that the phrase was read for.</summary>
    /// <param name="Expression">Five fields that <see cref="CronExpression.Parse"/> accepts.</param>
    public sealed record Cron(string Expression) : PhraseMeaning;

    /// <summary>Due again and again after one length of time.</summary>
    /// <param name="Period">10 ms to 366 days.</param>
    public sealed record Interval(TimeSpan Period) : PhraseMeaning;

    /// <summary>Due one time.</summary>
    /// <param name="At">In UTC, after the instant at which the phrase was read.</param>
    public sealed record Once(DateTimeOffset At) : PhraseMeaning;
}
