using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads a trigger as people write it: a cron expression, or a simple phrase.</summary>
public static class TriggerText
{
    /// <summary>The trigger that a text means.</summary>
    /// <param name="text">What begins with a digit, <c>*</c>, <c>@</c>, <c>?</c>, or <c>H</c> that is no word, is read as a cron expression
    /// (<see cref="CronExpression.Parse"/>; <c>@reboot</c> and <c>@start</c> mean each start), all else as a phrase (<see cref="PhraseParser"/>).</param>
    /// <param name="zone">The IANA name of the zone whose clocks count.</param>
    /// <param name="dayMatch">How the two day fields of a cron expression combine.</param>
    /// <param name="now">What "in 20 minutes" counts from.</param>
    /// <exception cref="SchedulerException"><c>cron_invalid</c> or <c>phrase_invalid</c>, with <c>position</c> and <c>expected</c>; <c>zone_unknown</c>.</exception>
    public static Trigger Parse(string text, string zone, DayMatch dayMatch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        TimeZoneInfo found = TimeZones.Require(zone, "zone");
        string trimmed = text.Trim();
        if (trimmed.Equals("@reboot", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("@start", StringComparison.OrdinalIgnoreCase))
        {
            return new StartTrigger();
        }

        if (IsCron(trimmed))
        {
            // Checked with the id of nobody: every id accepts the same texts.
            CronExpression.Parse(text, dayMatch, "default/preview");
            return new CronTrigger(text, zone, dayMatch);
        }

        return PhraseParser.Parse(text, now, found) switch
        {
            PhraseMeaning.Cron cron => new CronTrigger(cron.Expression, zone, dayMatch),
            PhraseMeaning.Interval interval => new IntervalTrigger(interval.Period),
            PhraseMeaning.Once once => new OnceTrigger(once.At),
            var other => throw new InvariantException($"No trigger for {other.GetType().Name}."),
        };
    }

    private static bool IsCron(string text) =>
        text.Length > 0
        && (char.IsAsciiDigit(text[0])
            || text[0] is '*' or '@' or '?'
            || (text[0] is 'H' && (text.Length == 1 || !char.IsAsciiLetter(text[1]))));
}
