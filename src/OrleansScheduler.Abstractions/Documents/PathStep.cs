using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>One step down a tree: into an object by key, or into an array by index. Key "0" and index 0 differ.</summary>
/// <remarks>The default value is unset: using it throws <see cref="InvalidOperationException"/>; comparing it does not.</remarks>
public readonly record struct PathStep : IComparable<PathStep>
{
    /// <summary>Longest key, in UTF-16 units.</summary>
    public const int KeyCharsMax = 1024;

    /// <summary>Greatest index.</summary>
    public const int IndexMax = int.MaxValue - 1;

    private readonly string? _key;

    // One more than the index, so that 0 marks both keys and unset steps.
    private readonly int _indexPlusOne;

    private PathStep(string? key, int indexPlusOne)
    {
        _key = key;
        _indexPlusOne = indexPlusOne;
    }

    /// <summary>True for a key, false for an index.</summary>
    public bool IsKey => _key is not null || (_indexPlusOne == 0 ? throw Unset() : false);

    /// <summary>The key.</summary>
    /// <exception cref="InvalidOperationException">The step is an index.</exception>
    public string Key => _key ?? throw (_indexPlusOne == 0 ? Unset() : new InvalidOperationException("The path step is an index."));

    /// <summary>The index, from 0.</summary>
    /// <exception cref="InvalidOperationException">The step is a key.</exception>
    public int Index =>
        _indexPlusOne > 0 ? _indexPlusOne - 1
        : throw (_key is null ? Unset() : new InvalidOperationException("The path step is a key."));

    /// <summary>The step into an object.</summary>
    /// <param name="key">0 to 1024 UTF-16 units of valid Unicode.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> for other keys.</exception>
    public static PathStep OfKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return FaultOfKey(key) is { } fault ? throw DocumentErrors.PathInvalid("key", fault) : new PathStep(key, 0);
    }

    /// <summary>The step into an array.</summary>
    /// <param name="index">0 to <see cref="IndexMax"/>; otherwise <see cref="ArgumentOutOfRangeException"/>.</param>
    public static PathStep OfIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, IndexMax);
        return new PathStep(null, index + 1);
    }

    /// <summary>Indexes first, by number; then keys, by ordinal.</summary>
    /// <param name="other">Another step.</param>
    public int CompareTo(PathStep other) =>
        IsKey
            ? other.IsKey ? string.CompareOrdinal(_key, other._key) : 1
            : other.IsKey ? -1 : Index.CompareTo(other.Index);

    /// <summary><c>/key</c> with <c>~0</c>, <c>~1</c>, <c>~2</c> for <c>~</c>, <c>/</c>, <c>[</c>; or <c>[index]</c>.</summary>
    public override string ToString() =>
        IsKey ? "/" + PathText.Escape(Key) : string.Create(CultureInfo.InvariantCulture, $"[{Index}]");

    /// <summary>What makes a text unfit as a key; null when nothing does.</summary>
    internal static PathFault? FaultOfKey(string key)
    {
        if (key.Length > KeyCharsMax)
        {
            return new PathFault(KeyCharsMax, $"a key is longer than {KeyCharsMax} characters");
        }

        var lone = UnicodeText.IndexOfLoneSurrogate(key);
        return lone < 0 ? null : new PathFault(lone, "a key contains half of a surrogate pair");
    }

    private static InvalidOperationException Unset() => new("Unset PathStep.");
}
