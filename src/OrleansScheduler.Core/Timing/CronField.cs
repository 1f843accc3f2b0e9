namespace OrleansScheduler.Core.Timing;

/// <summary>What one field of a cron expression may hold.</summary>
internal sealed class CronField
{
    public static readonly CronField Second = new("second", 0, 59);
    public static readonly CronField Minute = new("minute", 0, 59);
    public static readonly CronField Hour = new("hour", 0, 23);
    public static readonly CronField DayOfMonth = new("day of the month", 1, 31) { HashMax = 28, IsDay = true };
    public static readonly CronField Month = new("month", 1, 12) { Names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC" };
    public static readonly CronField DayOfWeek = new("weekday", 0, 6) { Names = "SUNMONTUEWEDTHUFRISAT", IsDay = true, Alias = 7 };

    /// <summary>The fields in the order of their text; the first is left out of the five-field form.</summary>
    public static readonly CronField[] InOrder = [Second, Minute, Hour, DayOfMonth, Month, DayOfWeek];

    private CronField(string name, int min, int max) => (Name, Min, Max, HashMax) = (name, min, max, max);

    public string Name { get; }

    public int Min { get; }

    public int Max { get; }

    /// <summary>The greatest value that <c>H</c> takes: the 28th is the last day that every month has.</summary>
    public int HashMax { get; private init; }

    /// <summary>Whether it is one of the two day fields.</summary>
    public bool IsDay { get; private init; }

    /// <summary>A number above <see cref="Max"/> that means <see cref="Min"/>: 7 is Sunday too.</summary>
    public int? Alias { get; private init; }

    /// <summary>Names of three letters each, the first for <see cref="Min"/>; empty when there are none.</summary>
    public string Names { get; private init; } = "";

    /// <summary>How many values there are.</summary>
    public int Size => Max - Min + 1;

    /// <summary>The allowed values in words.</summary>
    public string Expected => field ??=
        $"{(this == Hour ? "an" : "a")} {Name} from {Min} to {Alias ?? Max}" + (Names.Length > 0 ? $" or {Names[..3]} to {Names[^3..]}" : "");

    /// <summary>Every value as a bit set.</summary>
    public ulong All => ((1UL << Size) - 1) << Min;
}
