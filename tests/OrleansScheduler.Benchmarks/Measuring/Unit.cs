using System.Globalization;

namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>What a number counts, and with how many digits it is worth printing.</summary>
/// <param name="Suffix">Follows the number.</param>
/// <param name="Format">The form of the number.</param>
internal sealed record Unit(string Suffix, string Format)
{
    public static Unit Nanoseconds { get; } = new(" ns", "#,0.0");

    public static Unit Milliseconds { get; } = new(" ms", "#,0.00");

    public static Unit Bytes { get; } = new(" B", "#,0");

    public static Unit PerSecond { get; } = new("/s", "#,0");

    public static Unit Ratio { get; } = new(" ×", "0.00");

    public static Unit Exponent { get; } = new("", "0.00");

    public string Print(double value) => value.ToString(Format, CultureInfo.InvariantCulture) + Suffix;
}
