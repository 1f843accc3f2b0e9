namespace OrleansScheduler.Documents;

/// <summary>Checks that a text can be written as UTF-8 without loss.</summary>
internal static class UnicodeText
{
    /// <summary>Offset of the first surrogate without its partner; -1 when the text is valid.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        // Nearly every text has no surrogate at all; the vectorized search decides those.
        var index = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (index < 0)
        {
            return -1;
        }

        for (; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <summary>Refuses a text with a lone surrogate.</summary>
    /// <exception cref="Errors.SchedulerException"><c>json_malformed</c>; the position counts UTF-16 units.</exception>
    public static void RequireValid(string text)
    {
        var position = IndexOfLoneSurrogate(text);
        if (position >= 0)
        {
            throw DocumentErrors.Malformed(position, "a text contains half of a surrogate pair");
        }
    }
}
