using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>Time zones by their names.</summary>
internal static class Zones
{
    private const int CharsMax = 100;

    /// <summary>The zone of an IANA name.</summary>
    /// <param name="name">At most 100 characters.</param>
    /// <param name="field">Where the name came from.</param>
    /// <exception cref="SchedulerException"><c>zone_unknown</c>.</exception>
    public static TimeZoneInfo Find(string? name, string field)
    {
        // The system looks a name up as a file: what cannot be a name of a zone never gets that far.
        if (name is { Length: > 0 and <= CharsMax } && name.All(IsOfZones) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            return zone;
        }

        string shown = name is { Length: > CharsMax } ? name[..CharsMax] : name ?? "";
        throw new SchedulerException(ErrorCodes.ZoneUnknown, $"'{shown}' is not a time zone that this machine knows, such as Europe/Berlin.")
            .With("field", field);
    }

    private static bool IsOfZones(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
}
