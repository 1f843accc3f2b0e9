using System.Text;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>The rest of a line, taken apart as cron does it.</summary>
/// <param name="Text">What the shell is given.</param>
/// <param name="Input">What the command reads from its standard input; null when the line has no unescaped <c>%</c>.</param>
/// <param name="HasEscape">True when a <c>\%</c> became a <c>%</c>.</param>
internal sealed record CrontabCommand(string Text, string? Input, bool HasEscape)
{
    /// <summary>True when the shell redirects something; cron and this product leave that to the shell.</summary>
    public bool HasRedirection
    {
        get
        {
            char quote = '\0';
            for (int i = 0; i < Text.Length; i++)
            {
                char c = Text[i];
                if (c == '\\' && quote != '\'')
                {
                    i++;
                }
                else if (quote != '\0')
                {
                    quote = c == quote ? '\0' : quote;
                }
                else if (c is '\'' or '"')
                {
                    quote = c;
                }
                else if (c is '>' or '<')
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Splits a text at its first <c>%</c> without a backslash.</summary>
    /// <remarks>A backslash only protects the one character behind it, so <c>\\%</c> is two backslashes and a split.</remarks>
    public static CrontabCommand Of(ReadOnlySpan<char> rest)
    {
        var text = new StringBuilder(rest.Length);
        bool hasEscape = false;
        bool isEscaped = false;
        for (int i = 0; i < rest.Length; i++)
        {
            char c = rest[i];
            if (c == '%' && !isEscaped)
            {
                return new CrontabCommand(text.ToString(), InputOf(rest[(i + 1)..], ref hasEscape), hasEscape);
            }

            if (c == '%')
            {
                text.Length--;
                hasEscape = true;
            }

            isEscaped = c == '\\' && !isEscaped;
            text.Append(c);
        }

        return new CrontabCommand(text.ToString(), null, hasEscape);
    }

    // Every further % is a new line, and what does not end with one gets one.
    private static string InputOf(ReadOnlySpan<char> rest, ref bool hasEscape)
    {
        var input = new StringBuilder(rest.Length + 1);
        foreach (char c in rest)
        {
            bool isEscaped = c == '%' && input.Length > 0 && input[^1] == '\\';
            if (isEscaped)
            {
                input.Length--;
                hasEscape = true;
            }

            input.Append(c == '%' && !isEscaped ? '\n' : c);
        }

        return input.Length == 0 || input[^1] == '\n' ? input.ToString() : input.Append('\n').ToString();
    }
}
