using System.Buffers.Text;

namespace OrleansScheduler.Documents;

/// <summary>Works on the JSON text of numbers, so that no precision is ever lost. Every text given is a valid JSON number.</summary>
internal static class NumberText
{
    /// <summary>Largest absolute exponent that a text may name; bounds what arithmetic on a number can cost.</summary>
    public const int ExponentMax = 1_000_000;

    /// <summary>What a canonical form can need beyond the text: a sign, an <c>e</c> and an exponent.</summary>
    public const int CanonicalExtraBytes = 16;

    /// <summary>The exponent as written; null when its absolute value exceeds <see cref="ExponentMax"/>, 0 when there is none.</summary>
    public static int? ExponentOf(ReadOnlySpan<byte> text)
    {
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        if (mark < 0)
        {
            return 0;
        }

        var isNegative = text[mark + 1] == '-';
        var exponent = 0;
        foreach (var digit in text[(text[mark + 1] is (byte)'-' or (byte)'+' ? mark + 2 : mark + 1)..])
        {
            exponent = (exponent * 10) + (digit - '0');
            if (exponent > ExponentMax)
            {
                return null;
            }
        }

        return isNegative ? -exponent : exponent;
    }

    /// <summary>
    /// Writes sign, digits without zeros at either end, <c>e</c> and the exponent of the last digit; zero is a single <c>0</c>.
    /// Two texts have the same canonical form exactly when they denote the same decimal value.
    /// </summary>
    /// <param name="text">A JSON number with an exponent within <see cref="ExponentMax"/>.</param>
    /// <param name="destination">At least <see cref="CanonicalExtraBytes"/> longer than the text.</param>
    /// <returns>The bytes written.</returns>
    public static int Canonicalize(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var length = 1;
        var exponent = 0;
        var isFraction = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                exponent -= isFraction ? 1 : 0;
                if (length > 1 || c != '0')
                {
                    destination[length++] = (byte)c;
                }
            }
            else if (c == '.')
            {
                isFraction = true;
            }
            else if (c is 'e' or 'E')
            {
                exponent += int.Parse(text[(i + 1)..], System.Globalization.NumberStyles.AllowLeadingSign,
                    System.Globalization.CultureInfo.InvariantCulture);
                break;
            }
        }

        if (length == 1)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        for (; destination[length - 1] == '0'; length--)
        {
            exponent++;
        }

        destination[0] = text[0] == '-' ? (byte)'-' : (byte)'+';
        destination[length++] = (byte)'e';
        Utf8Formatter.TryFormat(exponent, destination[length..], out var written);
        return length + written;
    }

    /// <summary>The canonical form as an integer; false when it has a fraction or does not fit.</summary>
    public static bool TryGetInt64(ReadOnlySpan<byte> canonical, out long value)
    {
        value = 0;
        if (canonical.Length == 1)
        {
            return true;
        }

        var mark = canonical.LastIndexOf((byte)'e');
        Utf8Parser.TryParse(canonical[(mark + 1)..], out int exponent, out _);
        if (exponent < 0 || mark - 1 + exponent > 19)
        {
            return false;
        }

        // 19 digits cannot exceed an Int128, so only the last step needs a check.
        Int128 sum = 0;
        foreach (var digit in canonical[1..mark])
        {
            sum = (sum * 10) + (digit - '0');
        }

        for (; exponent > 0; exponent--)
        {
            sum *= 10;
        }

        sum = canonical[0] == '-' ? -sum : sum;
        value = sum < long.MinValue || sum > long.MaxValue ? 0 : (long)sum;
        return sum == value;
    }
}
