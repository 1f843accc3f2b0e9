namespace OrleansScheduler.Schedules;

/// <summary>How a cron expression combines its two day fields when both are restricted.</summary>
/// <remarks>As in crontab, a day field that starts with <c>*</c> (or is <c>?</c>) is not restricted: the day must then fit both fields.</remarks>
public enum DayMatch
{
    /// <summary>The day must fit both fields, as with Cronos, Quartz and Temporal.</summary>
    Both,

    /// <summary>The day must fit either field, as with crontab.</summary>
    Either,
}
