using System.Globalization;
using System.Text;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>The names under which a journal's rows are stored.</summary>
internal static class RowNames
{
    /// <summary>What the key column of stock grain storage takes.</summary>
    public const int StorageKeyCharactersMax = 512;

    /// <summary>The state name of a row of a journal; row 0 is its head.</summary>
    /// <remarks>It contains the kind of the actor, because stock rows carry no class.</remarks>
    public static string OfRow(string kind, long row) =>
        row == 0 ? $"{kind}.journal" : string.Create(CultureInfo.InvariantCulture, $"{kind}.journal.{row}");

    /// <summary>The storage key of an actor's key: another one for every key, and safe with every stock provider.</summary>
    /// <remarks>
    /// Stock providers read keys of hex digits as numbers, and some compare without case or trailing blanks. So it begins
    /// with <c>k</c> and consists of lower-case ASCII; every other byte is <c>%xx</c>, a capital letter is <c>~</c> and the small one.
    /// </remarks>
    /// <exception cref="ArgumentException">The result is longer than <see cref="StorageKeyCharactersMax"/>.</exception>
    public static string StorageKey(string key)
    {
        var text = new StringBuilder("k", key.Length + 8);
        foreach (byte one in System.Text.Encoding.UTF8.GetBytes(key))
        {
            char c = (char)one;
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.' or '/' or ':')
            {
                text.Append(c);
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                text.Append('~').Append(char.ToLowerInvariant(c));
            }
            else
            {
                text.Append('%').Append(one.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return text.Length <= StorageKeyCharactersMax
            ? text.ToString()
            : throw new ArgumentException($"The key takes {text.Length} characters in storage; {StorageKeyCharactersMax} fit.", nameof(key));
    }
}
