using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OrleansScheduler.Documents;

/// <summary>The text form of paths: <c>/features[3]/mag</c>.</summary>
internal static class PathText
{
    /// <summary>Replaces <c>~</c>, <c>/</c> and <c>[</c> by <c>~0</c>, <c>~1</c> and <c>~2</c>.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny('~', '/', '[') < 0)
        {
            return text;
        }

        return text.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal)
            .Replace("[", "~2", StringComparison.Ordinal);
    }

    public static string Format(ReadOnlySpan<PathStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.IsKey)
            {
                text.Append('/').Append(Escape(step.Key));
            }
            else
            {
                text.Append('[').Append(CultureInfo.InvariantCulture, $"{step.Index}").Append(']');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads the steps from <paramref name="position"/> to the end of the text; null when there are none wrong.</summary>
    public static PathFault? TryParse(string text, int position, out ImmutableArray<PathStep> steps)
    {
        steps = [];
        if (position == text.Length)
        {
            return null;
        }

        var found = ImmutableArray.CreateBuilder<PathStep>();
        while (position < text.Length)
        {
            if (found.Count == JsonPath.StepsMax)
            {
                return new PathFault(position, $"a path has more than {JsonPath.StepsMax} steps");
            }

            var fault = text[position] switch
            {
                '/' => TryParseKey(text, ref position, found),
                '[' => TryParseIndex(text, ref position, found),
                _ => new PathFault(position, "a step starts with '/' or '['"),
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        steps = found.DrainToImmutable();
        return null;
    }

    /// <summary>Reads an escaped text up to the next <c>/</c> or <c>[</c>, and leaves the position there.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="position">Where the escaped part starts.</param>
    /// <param name="escapes">Characters allowed behind <c>~</c>: a prefix of 0, 1, 2 with their meanings <c>~</c>, <c>/</c>, <c>[</c>.</param>
    /// <param name="terminators">Characters that end the part.</param>
    /// <param name="plain">The text without escapes.</param>
    public static PathFault? TryUnescape(
        string text, ref int position, ReadOnlySpan<char> escapes, ReadOnlySpan<char> terminators, out string plain)
    {
        var rest = text.AsSpan(position);
        var length = rest.IndexOfAny(terminators);
        var raw = length < 0 ? rest : rest[..length];
        plain = raw.ToString();
        if (raw.Contains('~'))
        {
            var result = new StringBuilder(raw.Length);
            for (var i = 0; i < raw.Length; i++)
            {
                if (raw[i] != '~')
                {
                    result.Append(raw[i]);
                    continue;
                }

                if (i + 1 == raw.Length || !escapes.Contains(raw[i + 1]))
                {
                    return new PathFault(position + i, "'~' is followed by no known escape");
                }

                result.Append("~/["[raw[++i] - '0']);
            }

            plain = result.ToString();
        }

        position += raw.Length;
        return null;
    }

    private static PathFault? TryParseKey(string text, ref int position, ImmutableArray<PathStep>.Builder steps)
    {
        var start = ++position;
        if (TryUnescape(text, ref position, "012", "/[", out var key) is { } fault)
        {
            return fault;
        }

        if (PathStep.FaultOfKey(key) is { } keyFault)
        {
            return keyFault with { Position = start };
        }

        steps.Add(PathStep.OfKey(key));
        return null;
    }

    private static PathFault? TryParseIndex(string text, ref int position, ImmutableArray<PathStep>.Builder steps)
    {
        var start = position + 1;
        var length = text.AsSpan(start).IndexOf(']');
        if (length < 0)
        {
            return new PathFault(position, "']' is missing");
        }

        var digits = text.AsSpan(start, length);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index > PathStep.IndexMax || (digits.Length > 1 && digits[0] == '0'))
        {
            return new PathFault(start, $"an index is a number up to {PathStep.IndexMax} without leading zeros");
        }

        steps.Add(PathStep.OfIndex(index));
        position = start + length + 1;
        return null;
    }
}
