using OrleansScheduler.Definitions.Reading;

namespace OrleansScheduler.Definitions.Zones;

/// <summary>Time zones by their IANA names.</summary>
internal static class IanaZone
{
    private const int CharsMax = 100;

    /// <summary>The zone; null when this machine knows none of that name.</summary>
    /// <remarks>The system looks a name up as a file, so what cannot be a name of a zone never gets that far.</remarks>
    public static TimeZoneInfo? Find(string name) =>
        name.Length is > 0 and <= CharsMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    /// <summary>What a person who mistyped a name may have meant, as a sentence with a blank before it.</summary>
    public static string Suggest(string name)
    {
        string[] known = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)];
        string sentence = Suggestion.Of(name, known);
        return sentence.Contains('?') ? sentence : " Expected an IANA name such as Europe/Berlin.";
    }
}
