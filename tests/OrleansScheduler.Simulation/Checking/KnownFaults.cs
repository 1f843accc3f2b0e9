using System.Collections.Immutable;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>Faults of the product that the simulation has found and that are not mended yet. They are counted and named, never hidden.</summary>
/// <remarks>Whoever mends one removes its line here.</remarks>
internal static class KnownFaults
{
    private static readonly ImmutableArray<(string Rule, string Part, string Name)> All =
    [
    ];

    /// <summary>What it is known as; null when it is new.</summary>
    public static string? NameOf(Violation violation) =>
        All.FirstOrDefault(known => known.Rule == violation.Rule && violation.Message.Contains(known.Part, StringComparison.Ordinal)).Name;
}
