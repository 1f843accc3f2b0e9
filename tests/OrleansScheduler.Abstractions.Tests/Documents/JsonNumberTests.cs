using System.Globalization;
using System.Numerics;
using System.Text;
using Xunit;

namespace OrleansScheduler.Documents;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "10e-1")]
    [InlineData("1", "0.1E+1")]
    [InlineData("0", "-0")]
    [InlineData("0", "0.000e99")]
    [InlineData("-1200", "-1.2e3")]
    [InlineData("1e400", "10e399")]
    [InlineData("1e1000000", "10e999999")]
    [InlineData("123456789012345678901234567890.5", "1234567890123456789012345678905e-1")]
    [InlineData("1e-7", "0.0000001")]
    [InlineData("1e0001", "10")]
    public void Numbers_of_one_value_are_the_same_whatever_their_text(string left, string right)
    {
        var a = JsonValue.Parse(left);
        var b = JsonValue.Parse(right);

        Assert.True(JsonValue.Same(a, b));
        Assert.True(JsonValue.SameShape(a, b));
        Assert.Equal(a.Hash, b.Hash);
        Assert.Equal(a.ShapeHash, b.ShapeHash);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Theory]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("1", "1.00000000000000000000000000000000000001")]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("1e400", "1e401")]
    [InlineData("0", "1e-1000000")]
    [InlineData("12e1", "1e12")]
    public void Numbers_of_different_values_differ(string left, string right)
    {
        var a = JsonValue.Parse(left);
        var b = JsonValue.Parse(right);

        Assert.False(JsonValue.Same(a, b));
        Assert.NotEqual(a.Hash, b.Hash);
    }

    [Fact]
    public void Equality_and_hash_agree_with_exact_arithmetic() => Seeded.Rounds(20_000, random =>
    {
        var left = RandomText(random);
        var right = random.Next(2) == 0 ? RandomText(random) : Respelled(left, random);
        var a = JsonValue.Parse(left);
        var b = JsonValue.Parse(right);

        var expected = Exact(left) == Exact(right);

        Assert.True(expected == JsonValue.Same(a, b), $"{left} and {right}");
        Assert.True(expected == (a.Hash == b.Hash), $"Hashes of {left} and {right}");
    });

    [Fact]
    public void Integers_agree_with_exact_arithmetic() => Seeded.Rounds(20_000, random =>
    {
        var text = random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) + "0e-1" : RandomText(random);
        var (mantissa, exponent) = Exact(text);
        var isInteger = exponent >= 0 && exponent < 40;
        var value = isInteger ? mantissa * BigInteger.Pow(10, exponent) : 0;
        isInteger &= value >= long.MinValue && value <= long.MaxValue;

        var fits = ((JsonNumber)JsonValue.Parse(text)).TryGetInt64(out var actual);

        Assert.True(isInteger == fits, text);
        Assert.True(!fits || value == actual, text);
    });

    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-9223372036854775808.0", long.MinValue)]
    [InlineData("1e2", 100)]
    [InlineData("-0", 0)]
    [InlineData("0e5", 0)]
    public void Whole_numbers_are_integers_in_any_spelling(string text, long expected) =>
        Assert.Equal(expected, JsonValue.Parse(text).AsInt64());

    [Theory]
    [InlineData("9223372036854775808.0")]
    [InlineData("9223372036854775808")]
    [InlineData("1e19")]
    [InlineData("1e1000000")]
    [InlineData("0.5")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void Everything_else_is_no_integer(string text) =>
        Assert.Throws<InvalidOperationException>(() => JsonValue.Parse(text).AsInt64());

    [Fact]
    public void Text_survives_as_written()
    {
        string[] texts = ["-0", "1.0", "1E+2", "0.10", "1e400", "-128", "1023", "1024", "0", "12345678901234567890"];

        Assert.All(texts, text => Assert.Equal(text, JsonValue.Parse(text).ToString()));
    }

    [Fact]
    public void Numbers_are_built_from_clr_numbers()
    {
        Assert.Equal("-129", JsonNumber.Of(-129L).Text);
        Assert.Equal("0.1", JsonNumber.Of(0.1).Text);
        Assert.Equal("1.50", JsonNumber.Of(1.50m).Text);
        Assert.True(JsonValue.Same(JsonNumber.Of(1e300), JsonValue.Parse("1e300")));
        Assert.True(JsonValue.Same(JsonNumber.Of(double.Epsilon), JsonValue.Parse(double.Epsilon.ToString("R", CultureInfo.InvariantCulture))));
        Assert.Same(JsonNumber.Of(7L), JsonValue.Parse("7"));
        Assert.Same(JsonNumber.Of(-7L), JsonValue.Parse("-7"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_json_cannot_say_is_refused(double value) => Assert.Throws<ArgumentException>(() => JsonNumber.Of(value));

    [Fact]
    public void Doubles_and_decimals_are_rounded_within_their_range_only()
    {
        Assert.Equal(0.1, JsonValue.Parse("0.1").AsDouble());
        Assert.Equal(0.1m, JsonValue.Parse("1e-1").AsDecimal());
        Assert.Throws<InvalidOperationException>(() => JsonValue.Parse("1e400").AsDouble());
        Assert.Throws<InvalidOperationException>(() => JsonValue.Parse("1e29").AsDecimal());
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? "-" : "");
        text.Append(random.Next(3) == 0 ? "0" : Digits(random, 1 + random.Next(12)).TrimStart('0').PadLeft(1, '0'));
        if (random.Next(2) == 0)
        {
            text.Append('.').Append(Digits(random, 1 + random.Next(8)));
        }

        if (random.Next(2) == 0)
        {
            text.Append("eE"[random.Next(2)]).Append(new[] { "", "+", "-" }[random.Next(3)]).Append(random.Next(25));
        }

        return text.ToString();
    }

    // Another spelling of the same value: the point moves, zeros are added.
    private static string Respelled(string text, Random random)
    {
        var (mantissa, exponent) = Exact(text);
        var zeros = mantissa.IsZero ? 0 : random.Next(4);
        var digits = mantissa.ToString(CultureInfo.InvariantCulture) + new string('0', zeros);
        return random.Next(2) == 0 ? $"{digits}e{exponent - zeros}" : $"{digits}.{new string('0', 1 + zeros)}E{exponent - zeros:+0;-0}";
    }

    // Few different digits make equal values, and runs of zeros, frequent.
    private static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => "0001059"[random.Next(7)]));

    private static (BigInteger Mantissa, int Exponent) Exact(string text)
    {
        var parts = text.ToLowerInvariant().Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var mantissa = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (point < 0 ? 0 : parts[0].Length - point - 1);
        while (!mantissa.IsZero && mantissa % 10 == 0)
        {
            (mantissa, exponent) = (mantissa / 10, exponent + 1);
        }

        return mantissa.IsZero ? (mantissa, 0) : (mantissa, exponent);
    }
}
