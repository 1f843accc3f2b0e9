using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>A JSON number: keeps its text as written, compares by decimal value without any loss of precision.</summary>
/// <remarks>1, 1.0 and 10e-1 are equal, and so are -0 and 0. Exponents reach from -1,000,000 to 1,000,000.</remarks>
[JsonConverter(typeof(JsonKindConverter<JsonNumber>))]
public sealed class JsonNumber : JsonValue
{
    private const int SharedMin = -128;
    private const int SharedMax = 1023;

    /// <summary>Scratch space on the stack that suffices for all but very long numbers.</summary>
    internal const int CanonicalStackBytes = 256;

    private static readonly JsonNumber[] Shared = CreateShared();

    private JsonNumber(string text) => Text = text;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Number;

    /// <summary>The JSON text, exactly as it was read.</summary>
    public string Text { get; }

    /// <summary>The number with that value.</summary>
    /// <param name="value">Any integer.</param>
    public static JsonNumber Of(long value) =>
        value is >= SharedMin and <= SharedMax
            ? Shared[value - SharedMin]
            : new JsonNumber(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number whose text is the shortest that gives this double back.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentException">The value is NaN or infinite, for which JSON has no text.</exception>
    public static JsonNumber Of(double value) =>
        double.IsFinite(value)
            ? new JsonNumber(value.ToString("R", CultureInfo.InvariantCulture))
            : throw new ArgumentException("JSON has no text for NaN and infinities.", nameof(value));

    /// <summary>The number with that value.</summary>
    /// <param name="value">Any decimal; trailing zeros stay in the text and do not affect equality.</param>
    public static JsonNumber Of(decimal value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>True, and the integer, when the value has no fraction and fits.</summary>
    /// <param name="value">The integer, or 0.</param>
    public bool TryGetInt64(out long value)
    {
        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        return NumberText.TryGetInt64(Canonical(stackalloc byte[CanonicalStackBytes]), out value);
    }

    /// <summary>True, and the nearest double, when that is finite.</summary>
    /// <param name="value">The nearest double, or 0.</param>
    public bool TryGetDouble(out double value)
    {
        if (double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>True, and the nearest decimal, when the value is in the range of decimals.</summary>
    /// <param name="value">The nearest decimal, or 0.</param>
    public bool TryGetDecimal(out decimal value) =>
        decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        // The text was valid when it was read, and nothing changes it.
        writer.WriteRawValue(Text, skipInputValidation: true);
    }

    /// <summary>Trusts that the text is a JSON number within the limits.</summary>
    internal static JsonNumber OfValid(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 4 && TryShared(text) is { } shared)
        {
            return shared;
        }

        return new JsonNumber(Encoding.ASCII.GetString(text));
    }

    /// <summary>The canonical form, written into the scratch space when that is long enough.</summary>
    internal Span<byte> Canonical(Span<byte> scratch)
    {
        var bytes = Text.Length + NumberText.CanonicalExtraBytes;
        var buffer = bytes <= scratch.Length ? scratch : new byte[bytes];
        return buffer[..NumberText.Canonicalize(Text, buffer)];
    }

    private protected override ContentHash ComputeHash()
    {
        var hasher = new CanonicalHasher(stackalloc byte[CanonicalHasher.BufferBytes]);
        hasher.Tag(CanonicalHasher.NumberTag);
        hasher.Bytes(Canonical(stackalloc byte[CanonicalStackBytes]));
        return hasher.Finish();
    }

    private protected override bool HasSameContent(JsonValue other)
    {
        var number = (JsonNumber)other;
        return string.Equals(Text, number.Text, StringComparison.Ordinal)
            || Canonical(stackalloc byte[CanonicalStackBytes]).SequenceEqual(number.Canonical(stackalloc byte[CanonicalStackBytes]));
    }

    private static JsonNumber? TryShared(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var digit in text[0] == '-' ? text[1..] : text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return null;
            }

            value = (value * 10) + (digit - '0');
        }

        // The text of -0 must survive, and the shared zero is written without a sign.
        if (text[0] == '-')
        {
            return value is > 0 and <= -SharedMin ? Shared[-value - SharedMin] : null;
        }

        return value <= SharedMax ? Shared[value - SharedMin] : null;
    }

    private static JsonNumber[] CreateShared()
    {
        var shared = new JsonNumber[SharedMax - SharedMin + 1];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = new JsonNumber((i + SharedMin).ToString(CultureInfo.InvariantCulture));
        }

        return shared;
    }
}
