using OrleansScheduler.Definitions.Reading;

namespace OrleansScheduler.Definitions.Zones;

/// <summary>Time zones by their IANA names.</summary>
internal static class IanaZone
{
    /// <summary>What a person who mistyped a name may have meant, as a sentence with a blank before it.</summary>
    public static string Suggest(string name)
    {
        string[] known = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)];
        string sentence = Suggestion.Of(name, known);
        return sentence.Contains('?') ? sentence : " Expected an IANA name such as Europe/Berlin.";
    }
}
