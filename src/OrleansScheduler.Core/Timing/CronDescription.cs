using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>Says in English when a cron expression is due.</summary>
public static class CronDescription
{
    /// <summary>One sentence without a full stop, such as "At 06:30, on Monday to Friday, in January".</summary>
    /// <param name="expression">It is described from what it accepts, so different texts of the same meaning read the same.</param>
    /// <remarks>
    /// Two restricted day fields read "on days that are A and also B" or "on days that are A or B", as its
    /// <see cref="CronExpression.DayMatch"/> combines them.
    /// </remarks>
    public static string Of(CronExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var fields = expression.Fields;
        string time = TimeWords.Of(fields);
        string days = DayWords.Of(fields);
        string months = fields.Months.Values == CronField.Month.All
            ? ""
            : "in " + WordList.Join(WordList.Runs(fields.Months.Values, CronField.Month, DayWords.Month));
        string[] parts = [time, days, months];
        string sentence = string.Join(", ", parts.Where(part => part.Length > 0));
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }
}
