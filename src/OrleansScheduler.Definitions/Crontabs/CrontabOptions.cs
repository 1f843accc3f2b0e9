namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>How a crontab is read.</summary>
public sealed record CrontabOptions
{
    /// <summary>The longest <see cref="Name"/>: names of schedules begin with it and have 100 characters at most.</summary>
    public const int NameCharsMax = 40;

    /// <summary>The tenant that the schedules belong to; 1 to 100 letters, digits, dots, hyphens or underscores.</summary>
    public required string Owner { get; init; }

    /// <summary>The instant after which the next occurrences are shown.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The name of the set, 1 to 40 letters, digits, dots, hyphens or underscores; default <c>crontab</c>.</summary>
    public string Name { get; init; } = "crontab";

    /// <summary>The name of the file, for messages; default <c>crontab</c>.</summary>
    public string FileName { get; init; } = "crontab";

    /// <summary>With or without a column for the user; default: decided from the lines.</summary>
    public CrontabFormat Format { get; init; } = CrontabFormat.Auto;

    /// <summary>The IANA name of the zone in which times count until a <c>CRON_TZ</c> says otherwise; default <c>UTC</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whose crontab it is, for LOGNAME and USER in the user format; null when nobody knows, which leaves both unset.</summary>
    public string? CurrentUser { get; init; }
}
