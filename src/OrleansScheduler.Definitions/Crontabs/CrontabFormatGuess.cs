using System.Collections.Immutable;
using System.Globalization;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Decides from the lines whether a crontab has a column for the user.</summary>
/// <param name="Format">The decision.</param>
/// <param name="Reason">Why, in a whole sentence.</param>
internal sealed record CrontabFormatGuess(CrontabFormat Format, string Reason)
{
    // Only names that are no commands: "git", "mysql" and "mail" are users on many machines, and programs on more.
    private static readonly ImmutableHashSet<string> UsualUsers = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "root", "daemon", "nobody", "operator", "www", "www-data", "apache", "postgres", "ubuntu", "debian", "ec2-user", "vagrant", "toor");

    /// <summary>Looks at the heading that files often have, then at the sixth word of every job.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="currentUser">One more name that is known to be a user; null for none.</param>
    public static CrontabFormatGuess Of(IReadOnlyList<string> lines, string? currentUser)
    {
        if (Heading(lines) is { } heading)
        {
            return heading;
        }

        (int Line, string Word, bool HasMore)[] jobs = [.. Jobs(lines)];
        foreach (var (line, word, hasMore) in jobs)
        {
            if (!CrontabUser.IsName(word) || (!hasMore && !IsUser(word, currentUser)))
            {
                string why = CrontabUser.IsName(word) ? "is the last one, and a user needs a command behind it" : "cannot be the name of a user";
                return new CrontabFormatGuess(CrontabFormat.User, Text($"Line {line} settles it: its word '{Short(word)}' behind the times {why}."));
            }
        }

        return ByUsers(jobs, currentUser);
    }

    private static CrontabFormatGuess ByUsers((int Line, string Word, bool HasMore)[] jobs, string? currentUser)
    {
        foreach (var (line, word, _) in jobs)
        {
            if (IsUser(word, currentUser))
            {
                return new CrontabFormatGuess(
                    CrontabFormat.System, Text($"In line {line} the user '{word}' follows the times, and every job has a word there that can be a user."));
            }
        }

        return new CrontabFormatGuess(
            CrontabFormat.User, jobs.Length == 0 ? "There is no job that could show a user." : "No job has a known user behind the times.");
    }

    private static bool IsUser(string word, string? currentUser) => word == currentUser || UsualUsers.Contains(word);

    private static IEnumerable<(int Line, string Word, bool HasMore)> Jobs(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i];
            int position = CrontabTimes.SkipBlanks(line, 0);
            if (position == line.Length || line[position] == '#' || CrontabAssignment.TryRead(line, position) is not null
                || CrontabTimes.Read(line, ref position, out _, out _) is not null || position == line.Length)
            {
                continue;
            }

            int end = CrontabTimes.EndOfWord(line, position);
            yield return (i + 1, line[position..end], CrontabTimes.SkipBlanks(line, end) < line.Length);
        }
    }

    // "m h dom mon dow user command", in whatever spelling: five words for the times, then one for the user or for the command.
    private static CrontabFormatGuess? Heading(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string[] words = lines[i].TrimStart(' ', '\t', '#').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (!lines[i].AsSpan().TrimStart(" \t").StartsWith("#") || words.Length < 6 || words[0].ToLowerInvariant() is not ("m" or "min" or "minute"))
            {
                continue;
            }

            switch (words[5].ToLowerInvariant())
            {
                case "user" or "user-name" or "username" or "who":
                    return new CrontabFormatGuess(CrontabFormat.System, Text($"The heading in line {i + 1} has a column '{words[5]}' behind the times."));
                case "command" or "cmd" or "commands":
                    return new CrontabFormatGuess(CrontabFormat.User, Text($"The heading in line {i + 1} has the command directly behind the times."));
            }
        }

        return null;
    }

    private static string Short(string word) => word.Length > 40 ? word[..40] + "…" : word;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
