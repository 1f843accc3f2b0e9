namespace OrleansScheduler.Core.Archives;

/// <summary>Numbers that go on growing over an import, even where the original went on after the export.</summary>
/// <remarks>
/// Each epoch has 2^40 numbers to itself. Those that are common to both deployments, up to the export, stay as they are; those
/// that either gives afterwards are never equal.
/// </remarks>
internal static class EpochNumbers
{
    private const int Bits = 40;

    /// <summary>The number below all that the epoch gives; 0 for the first epoch.</summary>
    public static long Floor(long epoch) => (epoch - 1) << Bits;

    /// <summary>The number after another one, which may be of an earlier epoch: the count goes on, and the number is greater.</summary>
    public static long After(long number, long epoch) => Floor(epoch) + CountOf(number) + 1;

    /// <summary>What a number counts, without its epoch.</summary>
    public static long CountOf(long number) => number & ((1L << Bits) - 1);
}
