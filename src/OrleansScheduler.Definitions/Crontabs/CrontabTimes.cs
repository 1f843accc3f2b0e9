namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Reads when a job is due: five fields, or a macro.</summary>
internal static class CrontabTimes
{
    private const string Macros = "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly or @reboot";

    /// <summary>Reads the beginning of a line.</summary>
    /// <param name="line">The whole line.</param>
    /// <param name="position">The first character that is no blank; afterwards that of what follows the times.</param>
    /// <param name="expression">Five fields with single blanks between; null for <c>@reboot</c>.</param>
    /// <param name="macro">The macro as it stands there; null when there is none.</param>
    public static CrontabFault? Read(string line, ref int position, out string? expression, out string? macro)
    {
        (expression, macro) = (null, null);
        return line[position] switch
        {
            '@' => ReadMacro(line, ref position, out expression, out macro),
            '-' => new CrontabFault(position, "A '-' before the minute only keeps cronie from logging the job; leave it out.", CrontabField.InOrder[0].Expected),
            _ => ReadFields(line, ref position, out expression),
        };
    }

    /// <summary>The end of the word that begins there.</summary>
    public static int EndOfWord(string line, int position)
    {
        int length = line.AsSpan(position).IndexOfAny(' ', '\t');
        return length < 0 ? line.Length : position + length;
    }

    /// <summary>The first character at or behind a position that is no blank; the length of the line when there is none.</summary>
    public static int SkipBlanks(string line, int position)
    {
        int length = line.AsSpan(position).IndexOfAnyExcept(' ', '\t');
        return length < 0 ? line.Length : position + length;
    }

    private static CrontabFault? ReadMacro(string line, ref int position, out string? expression, out string? macro)
    {
        int start = position;
        int end = EndOfWord(line, start);
        macro = line[start..end];
        (expression, bool known) = macro.ToLowerInvariant() switch
        {
            "@yearly" or "@annually" => ("0 0 1 1 *", true),
            "@monthly" => ("0 0 1 * *", true),
            "@weekly" => ("0 0 * * 0", true),
            "@daily" or "@midnight" => ("0 0 * * *", true),
            "@hourly" => ("0 * * * *", true),
            "@reboot" => (null, true),
            _ => ((string?)null, false),
        };
        position = SkipBlanks(line, end);
        return known ? null : new CrontabFault(start, $"'{macro}' is no macro that crontabs have in common.", Macros);
    }

    private static CrontabFault? ReadFields(string line, ref int position, out string? expression)
    {
        var fields = new string[CrontabField.InOrder.Length];
        expression = null;
        for (int i = 0; i < fields.Length; i++)
        {
            var field = CrontabField.InOrder[i];
            if (position == line.Length)
            {
                return new CrontabFault(position, $"The line ends before its {field.Name}.", field.Expected);
            }

            int end = EndOfWord(line, position);
            if (CrontabFieldParser.Parse(line, position..end, field, out string? normal) is { } fault)
            {
                return fault;
            }

            fields[i] = normal!;
            position = SkipBlanks(line, end);
        }

        expression = string.Join(' ', fields);
        return IsSixthField(line, position)
            ? new CrontabFault(position, "A sixth time field stands where the command should: crontabs have no seconds and no years.", "the user or the command")
            : null;
    }

    // A program can have nearly any name, but none is a number, a star, or a range or list of weekdays.
    private static bool IsSixthField(string line, int position)
    {
        int end = EndOfWord(line, position);
        var word = line.AsSpan(position, end - position);
        return word.Length > 0
            && (word[0] == '*' || word is "?" || word.IndexOfAnyExcept("0123456789,-/") < 0
                || (word.IndexOfAny('-', ',') > 0 && CrontabFieldParser.Parse(line, position..end, CrontabField.InOrder[^1], out _) is null));
    }
}
