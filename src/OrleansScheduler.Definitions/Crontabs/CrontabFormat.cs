namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Which of the two forms a crontab has.</summary>
public enum CrontabFormat
{
    /// <summary>Decided from the lines themselves; the reading says why.</summary>
    Auto,

    /// <summary>Five time fields and the command, as <c>crontab -l</c> prints them.</summary>
    User,

    /// <summary>Five time fields, the user and the command, as in <c>/etc/crontab</c> and <c>/etc/cron.d</c>.</summary>
    System,
}
