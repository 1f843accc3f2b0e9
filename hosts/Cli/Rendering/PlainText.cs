using System.Globalization;
using System.Text;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Text of the server as it may be shown: what comes from a crontab or a log must not steer a terminal.</summary>
internal static class PlainText
{
    /// <summary>One line, every control character replaced by one visible character.</summary>
    public static string Line(string text) => Clean(text, keepLines: false);

    /// <summary>Lines, every other control character replaced by one visible character.</summary>
    public static string Lines(string text) => Clean(text.ReplaceLineEndings("\n"), keepLines: true);

    private static string Clean(string text, bool keepLines)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            clean.Append(c switch
            {
                '\n' when keepLines => c,
                '\t' => ' ',
                < ' ' => (char)(c + 0x2400),
                _ when IsUnsafe(c) => '\ufffd',
                _ => c,
            });
        }

        return clean.ToString();
    }

    // Format characters include those that turn the direction of writing, by which one command can look like another.
    private static bool IsUnsafe(char c) => char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
