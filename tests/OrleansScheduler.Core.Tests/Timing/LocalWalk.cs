namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>What the clocks of a zone show at each minute of a stretch of time, asked from <see cref="TimeZoneInfo"/> one by one.</summary>
internal sealed class LocalWalk
{
    // Two days before the stretch, so that what its clocks show again is known to be repeated.
    private const int MarginMinutes = 2 * 24 * 60;

    private readonly long _firstMinute;
    private readonly long[] _local;

    public LocalWalk(TimeZoneInfo zone, DateTime start, DateTime end)
    {
        (Zone, Start, End) = (zone, start, end);
        _firstMinute = (start.Ticks / TimeSpan.TicksPerMinute) - MarginMinutes;
        _local = new long[(end.Ticks / TimeSpan.TicksPerMinute) - _firstMinute];
        for (int i = 0; i < _local.Length; i++)
        {
            _local[i] = TimeZoneInfo.ConvertTimeFromUtc(Utc(i), zone).Ticks / TimeSpan.TicksPerMinute;
        }
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>In UTC.</summary>
    public DateTime Start { get; }

    /// <summary>In UTC, the first instant behind the stretch.</summary>
    public DateTime End { get; }

    /// <summary>Every occurrence of the stretch, in order.</summary>
    public IEnumerable<DateTime> Occurrences(OracleRule rule)
    {
        var found = rule.Repeats ? Repeated(rule) : Fixed(rule);
        return found.Where(instant => instant >= Start && instant < End).Distinct();
    }

    // Whenever the clock shows a matching time.
    private IEnumerable<DateTime> Repeated(OracleRule rule)
    {
        var dates = new DateCache(rule);
        for (int i = 0; i < _local.Length; i++)
        {
            if (dates.Fits(_local[i]))
            {
                foreach (int second in rule.Seconds)
                {
                    yield return Utc(i).AddSeconds(second);
                }
            }
        }
    }

    // Each matching local time once: when the clock first shows it, or else at the first instant at which it shows a later one.
    private IEnumerable<DateTime> Fixed(OracleRule rule)
    {
        var dates = new DateCache(rule);
        long first = _local.Min();
        int[] shownAt = new int[_local.Max() - first + 1];
        Array.Fill(shownAt, -1);
        for (int i = _local.Length - 1; i >= 0; i--)
        {
            shownAt[_local[i] - first] = i;
        }

        for (int minute = 0; minute < shownAt.Length; minute++)
        {
            if (!dates.Fits(first + minute))
            {
                continue;
            }

            if (shownAt[minute] < 0)
            {
                yield return Utc(Array.FindIndex(_local, local => local > first + minute));
                continue;
            }

            foreach (int second in rule.Seconds)
            {
                yield return Utc(shownAt[minute]).AddSeconds(second);
            }
        }
    }

    private DateTime Utc(int index) => new((_firstMinute + index) * TimeSpan.TicksPerMinute, DateTimeKind.Utc);

    // Asks for each date once in a row; the rule itself is too slow to be asked for every minute.
    private sealed class DateCache(OracleRule rule)
    {
        private const int MinutesPerDay = 24 * 60;

        private long _day = -1;
        private bool _fits;

        public bool Fits(long localMinute)
        {
            long day = localMinute / MinutesPerDay;
            if (day != _day)
            {
                _day = day;
                _fits = rule.FitsDate(new DateTime(day * TimeSpan.TicksPerDay));
            }

            return _fits && rule.FitsMinute((int)(localMinute % MinutesPerDay));
        }
    }
}
