using System.Text;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Makes a short name of a command, for people who read lists of schedules.</summary>
internal static class CrontabSlug
{
    private const int CharsMax = 40;
    private const string Nameless = "command";

    /// <summary>1 to 40 lower-case letters, digits and hyphens.</summary>
    /// <remarks>
    /// Of a chain with <c>&amp;&amp;</c> or <c>;</c> the last part speaks, because the others prepare it. Folders, options, variables and
    /// everything from the first pipe or redirection on are left out.
    /// </remarks>
    public static string Of(string command)
    {
        string[] parts = command.Split(["&&", ";"], StringSplitOptions.RemoveEmptyEntries);
        return parts.Reverse().Select(OfPart).FirstOrDefault(slug => slug.Length > 0) ?? Nameless;
    }

    private static string OfPart(string command)
    {
        var slug = new StringBuilder();
        foreach (string word in command.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.AsSpan().TrimStart("0123456789&") is ['>' or '<' or '|', ..])
            {
                break;
            }

            string part = word[0] == '-' || word.Contains('$') ? "" : OfWord(word[(word.TrimEnd('/').LastIndexOf('/') + 1)..]);
            int room = CharsMax - slug.Length - (slug.Length > 0 ? 1 : 0);
            if (part.Length > room && slug.Length > 0)
            {
                break;
            }

            slug.Append(slug.Length > 0 && part.Length > 0 ? "-" : "").Append(part.AsSpan(0, Math.Min(part.Length, room)).TrimEnd('-'));
        }

        return slug.ToString();
    }

    private static string OfWord(string word)
    {
        var part = new StringBuilder(word.Length);
        foreach (char c in word)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                part.Append(char.ToLowerInvariant(c));
            }
            else if (part.Length > 0 && part[^1] != '-')
            {
                part.Append('-');
            }
        }

        return part.ToString().TrimEnd('-');
    }
}
