namespace OrleansScheduler.Core.Timing;

/// <summary>The instants of a cron expression as an <see cref="ICronEvaluator"/> tells them.</summary>
/// <param name="rule">The same expression as the scheduler reads it.</param>
/// <param name="name">The name of the evaluator.</param>
/// <param name="next">The first instant strictly after another.</param>
internal sealed class EvaluatedRule(CronRule rule, string name, Func<DateTimeOffset, DateTimeOffset?> next) : ITimeRule
{
    /// <inheritdoc/>
    public string Description { get; } = $"{rule.Description}, by {name}";

    /// <inheritdoc/>
    /// <remarks>An answer that does not lie after the question would keep whoever asks on with it for ever; the scheduler's own stands in.</remarks>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        DateTimeOffset? answer = next(after);
        return answer <= after ? rule.NextAfter(after) : answer;
    }
}
