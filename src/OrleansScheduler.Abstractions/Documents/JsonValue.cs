using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>An immutable JSON tree. JSON null is <see cref="JsonNull.Instance"/>; absent is a null reference.</summary>
/// <remarks>
/// Equality is deep: numbers by decimal value (1 equals 1.0), objects regardless of key order, texts by ordinal comparison.
/// <c>==</c> compares references; use <see cref="Same"/>. Safe for use by any number of threads.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter))]
public abstract class JsonValue : IEquatable<JsonValue>
{
    private static readonly ContentHash AbsentHash = CanonicalHasher.OfTag(CanonicalHasher.AbsentTag);

    private ContentHash _hash;
    private bool _isHashed;

    private protected JsonValue()
    {
    }

    /// <summary>Which of the six kinds this is.</summary>
    public abstract JsonKind Kind { get; }

    /// <summary>Hash of the whole tree; equal exactly when <see cref="Same"/> holds. Computed at the first use, then kept.</summary>
    public ContentHash Hash
    {
        get
        {
            // Racing threads write the same bits before either raises the flag, so no reader sees half a hash.
            if (!Volatile.Read(ref _isHashed))
            {
                _hash = ComputeHash();
                Volatile.Write(ref _isHashed, true);
            }

            return _hash;
        }
    }

    /// <summary>Hash of what <see cref="SameShape"/> compares. Of a scalar it is <see cref="Hash"/>.</summary>
    public virtual ContentHash ShapeHash => Hash;

    /// <summary>The value's hash; absent has a fixed one of its own.</summary>
    /// <param name="valueOrAbsent">The value; null means absent.</param>
    public static ContentHash HashOf(JsonValue? valueOrAbsent) => valueOrAbsent?.Hash ?? AbsentHash;

    /// <summary>The value's shape hash; absent has a fixed one of its own.</summary>
    /// <param name="valueOrAbsent">The value; null means absent.</param>
    public static ContentHash ShapeHashOf(JsonValue? valueOrAbsent) => valueOrAbsent?.ShapeHash ?? AbsentHash;

    /// <summary>True when both trees are equal; absent equals only absent.</summary>
    /// <param name="a">A value; null means absent.</param>
    /// <param name="b">A value; null means absent.</param>
    public static bool Same(JsonValue? a, JsonValue? b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a is null || b is null || a.Kind != b.Kind)
        {
            return false;
        }

        // Known hashes can only prove a difference; equality is always decided by the values.
        if (Volatile.Read(ref a._isHashed) && Volatile.Read(ref b._isHashed) && a._hash != b._hash)
        {
            return false;
        }

        return a.HasSameContent(b);
    }

    /// <summary>True when kind and scalar value, or child keys, or array length are equal: what a shallow read sees.</summary>
    /// <param name="a">A value; null means absent.</param>
    /// <param name="b">A value; null means absent.</param>
    public static bool SameShape(JsonValue? a, JsonValue? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.Kind == b.Kind && a.HasSameShape(b));

    /// <summary>Reads one JSON value that makes up the whole input. Comments and trailing commas are refused.</summary>
    /// <param name="utf8">UTF-8 without a byte order mark.</param>
    /// <param name="limits">What the text may at most contain.</param>
    /// <exception cref="Errors.SchedulerException"><c>json_malformed</c>, <c>json_too_deep</c>, <c>json_too_large</c> (details:
    /// <c>position</c> in bytes) or <c>json_duplicate_key</c> (details: <c>key</c>).</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8, JsonLimits limits) => JsonTreeReader.Parse(utf8, limits);

    /// <summary>Reads one JSON value that makes up the whole text.</summary>
    /// <param name="text">JSON; a lone surrogate is refused as malformed.</param>
    /// <param name="limits">What the text may at most contain; null means <see cref="JsonLimits.Default"/>.</param>
    /// <exception cref="Errors.SchedulerException">As for UTF-8 input; positions count UTF-8 bytes.</exception>
    public static JsonValue Parse(string text, JsonLimits? limits = null) =>
        JsonTreeReader.Parse(text, limits ?? JsonLimits.Default);

    /// <summary>The child at that step; null when absent or when this kind has no such steps.</summary>
    /// <param name="step">A key for objects, an index for arrays.</param>
    public virtual JsonValue? Child(PathStep step) => null;

    /// <summary>The value at that path; null when absent. The root path gives this value.</summary>
    /// <param name="path">Relative to this value.</param>
    public JsonValue? At(JsonPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var value = this;
        foreach (var step in path.Steps)
        {
            value = value.Child(step);
            if (value is null)
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>Writes this value at the writer's position. Object keys come in ordinal order, numbers as they were read.</summary>
    /// <param name="writer">Its own encoder decides what is escaped.</param>
    /// <exception cref="InvalidOperationException">The tree is nested deeper than the writer allows.</exception>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>Compact JSON as UTF-8; only quotes, backslashes and control characters are escaped.</summary>
    public byte[] ToUtf8() => JsonOutput.ToUtf8(this);

    /// <summary>Compact JSON; only quotes, backslashes and control characters are escaped.</summary>
    public override string ToString() => JsonOutput.ToText(this);

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool AsBoolean() => this is JsonBoolean boolean ? boolean.Value : throw Mismatch("a boolean");

    /// <summary>The number as an integer; 1.0 and 1e2 are integers.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind, has a fraction or is out of range.</exception>
    public long AsInt64() =>
        this is JsonNumber number && number.TryGetInt64(out var value) ? value : throw Mismatch("a 64-bit integer");

    /// <summary>The number, rounded to the nearest double.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind or out of range.</exception>
    public double AsDouble() =>
        this is JsonNumber number && number.TryGetDouble(out var value) ? value : throw Mismatch("a double");

    /// <summary>The number, rounded to the nearest decimal.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind or out of range.</exception>
    public decimal AsDecimal() =>
        this is JsonNumber number && number.TryGetDecimal(out var value) ? value : throw Mismatch("a decimal");

    /// <summary>The text of a string.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public string AsText() => this is JsonString text ? text.Text : throw Mismatch("a string");

    /// <summary>The same as <see cref="Same"/>.</summary>
    /// <param name="other">A value; null gives false.</param>
    public bool Equals(JsonValue? other) => Same(this, other);

    /// <summary>The same as <see cref="Same"/>; false for what is no JSON value.</summary>
    /// <param name="obj">Any object or null.</param>
    public sealed override bool Equals(object? obj) => obj is JsonValue other && Same(this, other);

    /// <summary>Part of <see cref="Hash"/>.</summary>
    public sealed override int GetHashCode() => Hash.GetHashCode();

    /// <summary>A string value.</summary>
    /// <param name="text">Valid Unicode; a lone surrogate is refused as <c>json_malformed</c>.</param>
    public static implicit operator JsonValue(string text) => JsonString.Of(text);

    /// <summary>A boolean value.</summary>
    /// <param name="value">Either.</param>
    public static implicit operator JsonValue(bool value) => JsonBoolean.Of(value);

    /// <summary>A number value.</summary>
    /// <param name="value">Any integer.</param>
    public static implicit operator JsonValue(int value) => JsonNumber.Of(value);

    /// <summary>A number value.</summary>
    /// <param name="value">Any integer.</param>
    public static implicit operator JsonValue(long value) => JsonNumber.Of(value);

    /// <summary>A number value.</summary>
    /// <param name="value">Finite; NaN and infinities throw <see cref="ArgumentException"/>.</param>
    public static implicit operator JsonValue(double value) => JsonNumber.Of(value);

    /// <summary>A number value.</summary>
    /// <param name="value">Any decimal; its scale is kept in the text.</param>
    public static implicit operator JsonValue(decimal value) => JsonNumber.Of(value);

    private protected abstract ContentHash ComputeHash();

    /// <summary>Compares with another instance of the same kind.</summary>
    private protected abstract bool HasSameContent(JsonValue other);

    /// <summary>Compares shapes with another instance of the same kind.</summary>
    private protected virtual bool HasSameShape(JsonValue other) => Same(this, other);

    private InvalidOperationException Mismatch(string wanted) =>
        new($"A JSON value of kind {Kind} was read as {wanted}, which it is not.");
}
