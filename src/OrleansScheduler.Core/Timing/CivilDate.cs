namespace OrleansScheduler.Core.Timing;

/// <summary>A date of the Gregorian calendar, without the checks and divisions of <see cref="DateTime"/>.</summary>
/// <param name="Year">1 to 9999.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
internal readonly record struct CivilDate(int Year, int Month, int Day)
{
    private const int DaysFromMarchOfYear0 = 306;

    /// <summary>The date of a day.</summary>
    /// <param name="day">Days since 0001-01-01.</param>
    /// <remarks>Neri, Schneider: Euclidean affine functions and their application to calendar algorithms (2022), figure 12.</remarks>
    public static CivilDate Of(int day)
    {
        uint scaled = (4 * ((uint)day + DaysFromMarchOfYear0)) + 3;
        uint dayOfCentury = scaled % 146_097 / 4;
        ulong product = 2_939_745UL * ((4 * dayOfCentury) + 3);
        uint dayOfYear = (uint)product / 2_939_745 / 4;
        uint monthAndDay = (2141 * dayOfYear) + 197_913;
        uint isNextYear = dayOfYear >= DaysFromMarchOfYear0 ? 1u : 0u;
        return new CivilDate(
            (int)((100 * (scaled / 146_097)) + (uint)(product >> 32) + isNextYear),
            (int)((monthAndDay >> 16) - (12 * isNextYear)),
            (int)(((monthAndDay & 0xFFFF) / 2141) + 1));
    }

    /// <summary>Days since 0001-01-01 of the first day of a month.</summary>
    /// <remarks>Dershowitz, Reingold: Calendrical Calculations, "fixed from Gregorian": February counts as 30 days and is corrected.</remarks>
    public static int FirstDay(int year, int month)
    {
        int before = year - 1;
        int february = month <= 2 ? 0 : DateTime.IsLeapYear(year) ? 1 : 2;
        return (365 * before) + (before / 4) - (before / 100) + (before / 400) + (((367 * month) - 362) / 12) - february;
    }

    /// <summary>Days of a month.</summary>
    public static int Length(int year, int month) =>
        month == 2 ? (DateTime.IsLeapYear(year) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);

    /// <summary>The weekday of a day: 0 for Sunday to 6 for Saturday.</summary>
    /// <param name="day">Days since 0001-01-01, a Monday.</param>
    public static int Weekday(int day) => (int)((uint)(day + 1) % 7);
}
