namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>What one time field of a crontab may hold.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest one.</param>
/// <param name="Names">Names of three letters, the first for the least value; empty when there are none.</param>
internal sealed record CrontabField(string Name, int Min, int Max, string Names = "")
{
    /// <summary>The fields in the order of a line.</summary>
    public static readonly CrontabField[] InOrder =
    [
        new("minute", 0, 59),
        new("hour", 0, 23),
        new("day of the month", 1, 31),
        new("month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
        new("weekday", 0, 7, "SUNMONTUEWEDTHUFRISAT"),
    ];

    /// <summary>The allowed values in words.</summary>
    public string Expected =>
        $"{(Name == "hour" ? "an" : "a")} {Name} from {Min} to {Max}" + (Names.Length > 0 ? $" or {Names[..3]} to {Names[^3..]}" : "");

    public bool IsWeekday => Max == 7;
}
