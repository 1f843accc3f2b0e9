namespace OrleansScheduler.Core.Timing;

/// <summary>What one field of a cron expression accepts, as bit sets.</summary>
internal readonly record struct CronSet
{
    /// <summary>Bit v for the value v.</summary>
    public ulong Values { get; init; }

    /// <summary>Day of month: bit n for the day n days before the last one. Weekday: bit w for the last w of the month.</summary>
    public uint Last { get; init; }

    /// <summary>Bit n for the working day nearest to day n of the month.</summary>
    public uint Nearest { get; init; }

    /// <summary>Bit n for the working day nearest to the day n days before the last one of the month.</summary>
    public uint NearestLast { get; init; }

    /// <summary>Bit 7 × (k - 1) + w for the k-th weekday w of the month.</summary>
    public ulong Nth { get; init; }

    /// <summary>Whether the text starts with <c>*</c> or <c>?</c>, which in crontab means "not restricted".</summary>
    public bool IsStar { get; init; }

    /// <summary>Whether the text uses <c>*</c>, a step or a range: it repeats rather than names fixed values.</summary>
    public bool Repeats { get; init; }
}
