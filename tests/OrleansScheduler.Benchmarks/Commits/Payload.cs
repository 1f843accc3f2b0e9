using System.Globalization;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>What one write carries: it names its caller and its number, and is filled up with dots.</summary>
internal static class Payload
{
    /// <summary>Characters, and bytes as UTF-8.</summary>
    public const int Bytes = 200;

    private const int NumberChars = 12;

    public static string Text(int caller, long number) => string.Create(Bytes, (caller, number), static (text, state) =>
    {
        text[(2 * NumberChars)..].Fill('.');
        for (var i = NumberChars - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + (state.caller % 10));
            text[NumberChars + i] = (char)('0' + (state.number % 10));
            (state.caller, state.number) = (state.caller / 10, state.number / 10);
        }
    });

    public static byte[] Utf8(int caller, long number)
    {
        var bytes = new byte[Bytes];
        bytes.AsSpan(2 * NumberChars).Fill((byte)'.');
        for (var i = NumberChars - 1; i >= 0; i--)
        {
            bytes[i] = (byte)('0' + (caller % 10));
            bytes[NumberChars + i] = (byte)('0' + (number % 10));
            (caller, number) = (caller / 10, number / 10);
        }

        return bytes;
    }

    /// <summary>The caller and number of a payload.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (int Caller, long Number) Read(ReadOnlySpan<byte> bytes)
    {
        var caller = int.Parse(bytes[..NumberChars], NumberStyles.None, CultureInfo.InvariantCulture);
        var number = long.Parse(bytes[NumberChars..(2 * NumberChars)], NumberStyles.None, CultureInfo.InvariantCulture);
        return bytes.SequenceEqual(Utf8(caller, number)) ? (caller, number) : throw new FormatException("The payload was changed.");
    }
}
