using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Documents;

/// <summary>Where a value is inside a document: at most 64 steps from its root.</summary>
/// <remarks>
/// Text form: the root is empty; a key is <c>/key</c> with <c>~</c>, <c>/</c>, <c>[</c> as <c>~0</c>, <c>~1</c>, <c>~2</c>;
/// an index is <c>[3]</c>. Example: <c>/features[3]/mag</c>. Ordered by steps: a path comes directly before the paths
/// below it, indexes before keys.
/// </remarks>
[JsonConverter(typeof(TextConverter<JsonPath>))]
public sealed class JsonPath : IEquatable<JsonPath>, IComparable<JsonPath>, IParsable<JsonPath>
{
    /// <summary>Most steps of a path.</summary>
    public const int StepsMax = 64;

    private readonly int _hashCode;
    private string? _text;

    /// <summary>Trusts that the steps are set; <see cref="Address.FromRoot"/> has one more than <see cref="StepsMax"/>.</summary>
    internal JsonPath(ImmutableArray<PathStep> steps)
    {
        Steps = steps;
        var hash = default(HashCode);
        foreach (var step in steps)
        {
            hash.Add(step);
        }

        _hashCode = hash.ToHashCode();
    }

    /// <summary>The path without steps.</summary>
    public static JsonPath Root { get; } = new([]);

    /// <summary>The steps, the one nearest to the root first.</summary>
    public ImmutableArray<PathStep> Steps { get; }

    /// <summary>How many steps there are.</summary>
    public int Length => Steps.Length;

    /// <summary>True for the path without steps.</summary>
    public bool IsRoot => Steps.IsEmpty;

    /// <summary>One step.</summary>
    /// <param name="index">0 to <see cref="Length"/> - 1; otherwise <see cref="IndexOutOfRangeException"/>.</param>
    public PathStep this[int index] => Steps[index];

    /// <summary>The path with these steps.</summary>
    /// <param name="steps">At most 64; an unset one throws <see cref="InvalidOperationException"/>.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> when there are more.</exception>
    public static JsonPath Of(params ReadOnlySpan<PathStep> steps)
    {
        foreach (var step in steps)
        {
            _ = step.IsKey;
        }

        return steps.Length <= StepsMax ? new JsonPath(ImmutableArray.Create(steps)) : throw TooLong(0);
    }

    /// <summary>The path that this text denotes.</summary>
    /// <param name="text">See the remarks of the type.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/>; details: <c>position</c>, <c>reason</c>.</exception>
    public static JsonPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PathText.TryParse(text, 0, out var steps) is { } fault
            ? throw DocumentErrors.PathInvalid("path", fault)
            : OfParsed(steps);
    }

    /// <summary>True, and the path, when the text denotes one.</summary>
    /// <param name="text">Any text; null gives false.</param>
    /// <param name="path">The path, or null.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = text is not null && PathText.TryParse(text, 0, out var steps) is null ? OfParsed(steps) : null;
        return path is not null;
    }

    /// <summary>This path and one key more.</summary>
    /// <param name="key">See <see cref="PathStep.OfKey"/>.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> for an unfit key or a 65th step.</exception>
    public JsonPath Then(string key) => Then(PathStep.OfKey(key));

    /// <summary>This path and one index more.</summary>
    /// <param name="index">See <see cref="PathStep.OfIndex"/>.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> for a 65th step.</exception>
    public JsonPath Then(int index) => Then(PathStep.OfIndex(index));

    /// <summary>This path and one step more.</summary>
    /// <param name="step">An unset one throws <see cref="InvalidOperationException"/>.</param>
    /// <exception cref="SchedulerException"><see cref="ErrorCodes.PathInvalid"/> for a 65th step.</exception>
    public JsonPath Then(PathStep step)
    {
        _ = step.IsKey;
        return Length < StepsMax ? new JsonPath(Steps.Add(step)) : throw TooLong(ToString().Length);
    }

    /// <summary>True when the other path starts with all steps of this one; so a path is a prefix of itself.</summary>
    /// <param name="other">Another path.</param>
    public bool IsPrefixOf(JsonPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Length <= other.Length && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan(0, Length));
    }

    /// <summary>Negative, 0 or positive as this path comes before, with or after the other; null comes first.</summary>
    /// <param name="other">Another path or null.</param>
    public int CompareTo(JsonPath? other) => other is null ? 1 : Steps.AsSpan().SequenceCompareTo(other.Steps.AsSpan());

    /// <summary>True when all steps are equal.</summary>
    /// <param name="other">Another path or null.</param>
    public bool Equals(JsonPath? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hashCode == other._hashCode && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonPath);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <summary>The text form, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() => _text ??= PathText.Format(Steps.AsSpan());

    static JsonPath IParsable<JsonPath>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<JsonPath>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out JsonPath result) =>
        TryParse(s, out result);

    internal static JsonPath OfParsed(ImmutableArray<PathStep> steps) => steps.IsEmpty ? Root : new JsonPath(steps);

    private static SchedulerException TooLong(int position) =>
        DocumentErrors.PathInvalid("path", new PathFault(position, $"a path has more than {StepsMax} steps"));
}
