namespace OrleansScheduler.Definitions.Reading;

/// <summary>Finds what a person who mistyped a word may have meant.</summary>
internal static class Suggestion
{
    private const int CharsMax = 64;

    /// <summary>A question such as "Did you mean 'when'?" with a blank before it, or what else is possible.</summary>
    /// <param name="word">What was found.</param>
    /// <param name="known">What is possible.</param>
    public static string Of(string word, IReadOnlyCollection<string> known)
    {
        string plain = Plain(word);
        var (name, distance) = known.Select(name => (name, Distance(plain, Plain(name)))).OrderBy(pair => pair.Item2).FirstOrDefault(("", int.MaxValue));
        return distance <= Math.Max(1, Math.Min(plain.Length, name.Length) / 3)
            ? $" Did you mean '{name}'?"
            : known.Count > 0 ? $" Expected {List(known)}." : " Nothing is expected here.";
    }

    /// <summary>Words as "a, b or c".</summary>
    public static string List(IReadOnlyCollection<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words.Last()}";

    private static string Plain(string word) =>
        (word.Length > CharsMax ? word[..CharsMax] : word).Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein's distance, in which two neighbours that changed places count as one mistake.
    private static int Distance(string one, string other)
    {
        var costs = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                costs[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        costs[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1),
                        Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[one.Length, other.Length];
    }
}
