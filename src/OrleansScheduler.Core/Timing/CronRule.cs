namespace OrleansScheduler.Core.Timing;

/// <summary>The instants of a cron expression by the clocks of a zone.</summary>
internal sealed class CronRule(CronExpression expression, TimeZoneInfo zone) : ITimeRule
{
    // Without changes of offset there is nothing to look up.
    private readonly bool _isUtc = zone.Equals(TimeZoneInfo.Utc);

    /// <inheritdoc/>
    public string Description => CronDescription.Of(expression);

    /// <inheritdoc/>
    public DateTimeOffset? NextAfter(DateTimeOffset after) => _isUtc ? expression.NextAfter(after) : expression.NextAfter(after, zone);
}
