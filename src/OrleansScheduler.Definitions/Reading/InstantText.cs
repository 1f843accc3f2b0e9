using System.Globalization;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Reads instants of ISO 8601. An instant without an offset is refused, because nobody could say when it is.</summary>
internal static class InstantText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>True, and the instant in UTC.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        bool hasOffset = text.Length > 16 && (text[^1] == 'Z' || text[16..].AsSpan().IndexOfAny('+', '-') >= 0);
        return hasOffset && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }
}
