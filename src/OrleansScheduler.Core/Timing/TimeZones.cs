using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>Time zones by their IANA names.</summary>
public static class TimeZones
{
    private const int CharsMax = 100;

    /// <summary>The zone of a name; null when this machine knows none, or it cannot be a name.</summary>
    /// <param name="name">At most 100 letters, digits, <c>/</c>, <c>_</c>, <c>-</c> or <c>+</c>.</param>
    /// <remarks>The system looks a name up as a file: what cannot be a name of a zone never gets that far.</remarks>
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= CharsMax } && name.All(IsOfZones) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : null;

    /// <summary>The zone of a name.</summary>
    /// <param name="name">See <see cref="Find"/>.</param>
    /// <param name="field">Where the name came from.</param>
    /// <exception cref="SchedulerException"><c>zone_unknown</c>, with <c>field</c>.</exception>
    public static TimeZoneInfo Require(string? name, string field)
    {
        string shown = name is { Length: > CharsMax } ? name[..CharsMax] : name ?? "";
        return Find(name)
            ?? throw new SchedulerException(ErrorCodes.ZoneUnknown, $"'{shown}' is not a time zone that this machine knows, such as Europe/Berlin.")
                .With("field", field);
    }

    private static bool IsOfZones(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
}
