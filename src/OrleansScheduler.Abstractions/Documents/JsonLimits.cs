using System.Runtime.CompilerServices;

namespace OrleansScheduler.Documents;

/// <summary>What a JSON text may at most contain. Every limit is inclusive.</summary>
/// <remarks>Setting a limit outside its range throws <see cref="ArgumentOutOfRangeException"/>.</remarks>
public sealed record JsonLimits
{
    /// <summary>The defaults of every property.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Length of the text in UTF-8 bytes; 1 to 1 GiB, default 4 MiB. Above: <c>json_too_large</c>.</summary>
    public int BytesMax { get; init => field = InRange(value, 1 << 30); } = 4 << 20;

    /// <summary>Nested arrays and objects, a scalar counting 0; 1 to 512, default 64. Above: <c>json_too_deep</c>.</summary>
    /// <remarks>The range keeps recursion over a tree far away from the end of a thread's stack.</remarks>
    public int DepthMax { get; init => field = InRange(value, 512); } = 64;

    /// <summary>Length of one object key in UTF-16 units; 1 to 1,000,000, default 1024. Above: <c>json_too_large</c>.</summary>
    public int KeyCharsMax { get; init => field = InRange(value, 1_000_000); } = 1024;

    /// <summary>Length of one number's text in characters; 1 to 1,000,000, default 400. Above: <c>json_too_large</c>.</summary>
    public int NumberCharsMax { get; init => field = InRange(value, 1_000_000); } = 400;

    /// <summary>Values in the tree, the root and null included; 1 to 100,000,000, default 1,000,000. Above: <c>json_too_large</c>.</summary>
    public int NodesMax { get; init => field = InRange(value, 100_000_000); } = 1_000_000;

    private static int InRange(int value, int max, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return value;
    }
}
