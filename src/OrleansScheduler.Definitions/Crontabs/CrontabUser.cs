namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>The rule for names of users.</summary>
internal static class CrontabUser
{
    private const int CharsMax = 32;

    /// <summary>True for 1 to 32 letters, digits, dots, hyphens and underscores that begin with a letter or underscore, as Linux and the BSDs accept them.</summary>
    public static bool IsName(string word)
    {
        if (word.Length is 0 or > CharsMax || !(char.IsAsciiLetter(word[0]) || word[0] == '_'))
        {
            return false;
        }

        foreach (char c in word)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
