namespace OrleansScheduler.Core.Timing;

/// <summary>The instants at which cron expressions can be due, in seconds since 0001-01-01T00:00.</summary>
/// <remarks>A bounded calendar is what lets the transitions of a zone be a finite table.</remarks>
internal static class CalendarRange
{
    public const int SecondsPerDay = 86_400;

    /// <summary>1970-01-01T00:00Z, the first instant.</summary>
    public const long Start = 719_162L * SecondsPerDay;

    /// <summary>2200-01-01T00:00Z, the first instant behind the last one.</summary>
    public const long End = 803_168L * SecondsPerDay;

    /// <summary>The last year in which a local time can lie; zones east of Greenwich reach it before <see cref="End"/>.</summary>
    public const int LastLocalYear = 2200;

    /// <summary>Stands for "none": later than every local time and instant.</summary>
    public const long None = long.MaxValue;
}
