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
    public static string StorageKey(string key) => WrittenOut(key) is { Length: <= StorageKeyCharactersMax } text
        ? text
        : throw new ArgumentException($"The key takes more characters in storage than the {StorageKeyCharactersMax} that fit.", nameof(key));

    /// <summary>The key whose <see cref="StorageKey"/> a text is; null when it is that of none.</summary>
    public static string? KeyOf(string storageKey)
    {
        if (!storageKey.StartsWith('k'))
        {
            return null;
        }

        var bytes = new List<byte>(storageKey.Length);
        for (int at = 1; at < storageKey.Length; at++)
        {
            ReadOnlySpan<char> rest = storageKey.AsSpan(at);
            if (rest is ['~', var letter, ..])
            {
                bytes.Add((byte)char.ToUpperInvariant(letter));
                at++;
            }
            else if (rest is ['%', _, _, ..] && byte.TryParse(rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte written))
            {
                bytes.Add(written);
                at += 2;
            }
            else
            {
                bytes.Add((byte)rest[0]);
            }
        }

        // Written out again it has to be the same: there is one storage key for a key, and no other text means it too.
        string key = System.Text.Encoding.UTF8.GetString([.. bytes]);
        return WrittenOut(key) == storageKey ? key : null;
    }

    private static string WrittenOut(string key)
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

        return text.ToString();
    }
}
