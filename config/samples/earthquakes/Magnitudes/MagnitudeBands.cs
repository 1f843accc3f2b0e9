using System.Collections.Immutable;

namespace OrleansScheduler.Samples.Earthquakes.Magnitudes;

/// <summary>The bands that magnitudes fall into: whole numbers, each with its lower bound and without its upper one.</summary>
public static class MagnitudeBands
{
    /// <summary>Weakest first.</summary>
    public static ImmutableArray<string> Names { get; } = ["<0", "0-1", "1-2", "2-3", "3-4", "4-5", "5-6", "6+"];

    /// <summary>The band of a magnitude.</summary>
    public static string Of(decimal magnitude) =>
        Names[(int)Math.Floor(Math.Clamp(magnitude, -1, Names.Length - 2)) + 1];
}
