namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>A line that sets a variable.</summary>
/// <param name="Name">The name of the variable.</param>
/// <param name="Value">Its value, unquoted; null when the line has a fault.</param>
/// <param name="ValueAt">Where the value begins.</param>
/// <param name="Fault">What is wrong behind the name; null when nothing is.</param>
internal sealed record CrontabAssignment(string Name, string? Value, int ValueAt, CrontabFault? Fault)
{
    private const string Quoting = "a value, in single or double quotes when it is empty or has blanks at its ends";

    /// <summary>Reads a line; null when it sets no variable and so has to be a job.</summary>
    /// <param name="line">The whole line.</param>
    /// <param name="start">The first character that is no blank.</param>
    public static CrontabAssignment? TryRead(string line, int start)
    {
        int position = start;
        string? name = line[start] is '"' or '\'' ? QuotedName(line, ref position) : PlainName(line, ref position);
        position = CrontabTimes.SkipBlanks(line, position);
        if (name is null || position == line.Length || line[position] != '=')
        {
            return null;
        }

        position = CrontabTimes.SkipBlanks(line, position + 1);
        return position == line.Length ? Faulty(name, position, $"The variable {name} has no value.")
            : line[position] is '"' or '\'' ? Quoted(name, line, position)
            : new CrontabAssignment(name, line[position..].TrimEnd(' ', '\t'), position, null);
    }

    private static string? QuotedName(string line, ref int position)
    {
        int end = line.IndexOf(line[position], position + 1);
        if (end < 0)
        {
            return null;
        }

        string name = line[(position + 1)..end];
        position = end + 1;
        return name.Length > 0 && !name.Contains('=') ? name : null;
    }

    // What begins like a time field is one: cron would take "*/5 = x" for a variable, which nobody means.
    private static string? PlainName(string line, ref int position)
    {
        int length = line.AsSpan(position).IndexOfAny(" \t=");
        if (length <= 0 || char.IsAsciiDigit(line[position]) || line[position] is '*' or '@' or '-')
        {
            return null;
        }

        position += length;
        return line[(position - length)..position];
    }

    private static CrontabAssignment Quoted(string name, string line, int position)
    {
        int end = line.IndexOf(line[position], position + 1);
        if (end < 0)
        {
            return Faulty(name, position, $"The quote around the value of {name} is not closed.");
        }

        int rest = CrontabTimes.SkipBlanks(line, end + 1);
        return rest == line.Length
            ? new CrontabAssignment(name, line[(position + 1)..end], position, null)
            : Faulty(name, rest, $"Something follows the quoted value of {name}.");
    }

    private static CrontabAssignment Faulty(string name, int position, string reason) =>
        new(name, null, position, new CrontabFault(position, reason, Quoting));
}
