using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>A JSON object: distinct keys in ordinal order, each with a value.</summary>
/// <remarks>
/// Persistent: every change gives a new object that shares what did not change with the old one, at O(log n). Keys are
/// valid Unicode; a lone surrogate in one is refused as <c>json_malformed</c>.
/// </remarks>
[JsonConverter(typeof(JsonKindConverter<JsonObject>))]
public sealed class JsonObject : JsonValue, IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    /// <summary>Up to this many keys a copied array beats a tree in time and memory.</summary>
    internal const int SmallMax = 16;

    // References, not values, decide whether a write changes something: 1 and 1.0 are equal but not the same text.
    private static readonly ImmutableSortedDictionary<string, JsonValue> EmptyMap =
        ImmutableSortedDictionary<string, JsonValue>.Empty.WithComparers(StringComparer.Ordinal, ReferenceEqualityComparer.Instance);

    private readonly ObjectShape _shape;
    private readonly JsonValue[]? _values;
    private readonly ImmutableSortedDictionary<string, JsonValue>? _map;

    private JsonObject(ObjectShape shape, JsonValue[] values)
    {
        _shape = shape;
        _values = values;
    }

    private JsonObject(ObjectShape shape, ImmutableSortedDictionary<string, JsonValue> map)
    {
        _shape = shape;
        _map = map;
    }

    /// <summary>The object without keys.</summary>
    public static JsonObject Empty { get; } = new(ObjectShape.Of([]), []);

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Object;

    /// <summary>How many keys there are.</summary>
    public int Count => _values?.Length ?? _map!.Count;

    /// <summary>The keys in ordinal order.</summary>
    public IEnumerable<string> Keys =>
        _map is null ? ImmutableCollectionsMarshal.AsImmutableArray(_shape.Keys) : _map.Keys;

    /// <inheritdoc/>
    public override ContentHash ShapeHash => _shape.HashFor(this);

    /// <summary>The value of that key; null when absent.</summary>
    /// <param name="key">Compared by ordinal.</param>
    public JsonValue? this[string key] => TryGet(key, out var value) ? value : null;

    /// <summary>The object with these pairs, in any order.</summary>
    /// <param name="pairs">Neither keys nor values may be null references.</param>
    /// <exception cref="Errors.SchedulerException"><c>json_duplicate_key</c> when a key comes twice.</exception>
    public static JsonObject Of(params ReadOnlySpan<(string Key, JsonValue Value)> pairs)
    {
        var keys = new string[pairs.Length];
        var values = new JsonValue[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            RequirePair(pairs[i].Key, pairs[i].Value);
            (keys[i], values[i]) = pairs[i];
        }

        return OfValid(keys, values);
    }

    /// <summary>The object with these pairs, in any order.</summary>
    /// <param name="pairs">Neither keys nor values may be null references.</param>
    /// <exception cref="Errors.SchedulerException"><c>json_duplicate_key</c> when a key comes twice.</exception>
    public static JsonObject FromPairs(IEnumerable<KeyValuePair<string, JsonValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var keys = new List<string>();
        var values = new List<JsonValue>();
        foreach (var (key, value) in pairs)
        {
            RequirePair(key, value);
            keys.Add(key);
            values.Add(value);
        }

        return OfValid(CollectionsMarshal.AsSpan(keys), CollectionsMarshal.AsSpan(values));
    }

    /// <summary>True, and the value, when the object has that key.</summary>
    /// <param name="key">Compared by ordinal.</param>
    /// <param name="value">The value, or null.</param>
    public bool TryGet(string key, [MaybeNullWhen(false)] out JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_map is not null)
        {
            return _map.TryGetValue(key, out value);
        }

        var index = KeySearch.IndexOf(_shape.Keys!, key);
        value = index >= 0 ? _values![index] : null;
        return index >= 0;
    }

    /// <summary>This object with one value added or replaced; this very object when that reference is already there.</summary>
    /// <param name="key">Compared by ordinal.</param>
    /// <param name="value">The new value.</param>
    public JsonObject With(string key, JsonValue value)
    {
        RequirePair(key, value);
        if (_map is not null)
        {
            var map = _map.SetItem(key, value);
            return ReferenceEquals(map, _map) ? this : new JsonObject(map.Count == _map.Count ? _shape : ObjectShape.OfLarge(), map);
        }

        var keys = _shape.Keys!;
        var index = KeySearch.IndexOf(keys, key);
        if (index >= 0)
        {
            return ReferenceEquals(_values![index], value) ? this : new JsonObject(_shape, Replaced(_values, index, value));
        }

        string[] newKeys = [.. keys.AsSpan(0, ~index), key, .. keys.AsSpan(~index)];
        JsonValue[] newValues = [.. _values!.AsSpan(0, ~index), value, .. _values.AsSpan(~index)];
        return OfSorted(newKeys, newValues);
    }

    /// <summary>This object without that key; this very object when it is absent.</summary>
    /// <param name="key">Compared by ordinal.</param>
    public JsonObject Without(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_map is not null)
        {
            var map = _map.Remove(key);
            return ReferenceEquals(map, _map) ? this
                : map.Count > SmallMax ? new JsonObject(ObjectShape.OfLarge(), map)
                : OfSorted([.. map.Keys], [.. map.Values]);
        }

        var keys = _shape.Keys!;
        var index = KeySearch.IndexOf(keys, key);
        return index < 0 ? this
            : keys.Length == 1 ? Empty
            : OfSorted(
                [.. keys.AsSpan(0, index), .. keys.AsSpan(index + 1)],
                [.. _values!.AsSpan(0, index), .. _values.AsSpan(index + 1)]);
    }

    /// <inheritdoc/>
    public override JsonValue? Child(PathStep step) => step.IsKey && TryGet(step.Key, out var value) ? value : null;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        writer.WriteStartObject();
        foreach (var pair in this)
        {
            writer.WritePropertyName(pair.Key);
            pair.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>The pairs in ordinal order of their keys.</summary>
    public JsonObjectEnumerator GetEnumerator() => new(_shape.Keys, _values, _map);

    IEnumerator<KeyValuePair<string, JsonValue>> IEnumerable<KeyValuePair<string, JsonValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Trusts that keys are valid Unicode and nothing is null; sorts both spans in place.</summary>
    /// <exception cref="Errors.SchedulerException"><c>json_duplicate_key</c>.</exception>
    internal static JsonObject OfValid(Span<string> keys, Span<JsonValue> values)
    {
        if (keys.IsEmpty)
        {
            return Empty;
        }

        if (keys.Length <= SmallMax)
        {
            KeySearch.SortPairs(keys, values);
            return new JsonObject(ObjectShape.Of(keys), values.ToArray());
        }

        var map = EmptyMap.ToBuilder();
        for (var i = 0; i < keys.Length; i++)
        {
            map[keys[i]] = values[i];
            if (map.Count != i + 1)
            {
                throw DocumentErrors.DuplicateKey(keys[i]);
            }
        }

        return new JsonObject(ObjectShape.OfLarge(), map.ToImmutable());
    }

    private protected override ContentHash ComputeHash()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var hasher = new CanonicalHasher(stackalloc byte[CanonicalHasher.BufferBytes]);
        hasher.Tag(CanonicalHasher.ObjectTag);
        hasher.Count(Count);
        foreach (var pair in this)
        {
            hasher.TextWithLength(pair.Key);
            hasher.Child(pair.Value);
        }

        return hasher.Finish();
    }

    private protected override bool HasSameContent(JsonValue other)
    {
        var that = (JsonObject)other;
        if (!HasSameShape(that))
        {
            return false;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        using var mine = GetEnumerator();
        using var theirs = that.GetEnumerator();
        while (mine.MoveNext() && theirs.MoveNext())
        {
            if (!Same(mine.Current.Value, theirs.Current.Value))
            {
                return false;
            }
        }

        return true;
    }

    private protected override bool HasSameShape(JsonValue other)
    {
        var that = (JsonObject)other;
        if (ReferenceEquals(_shape, that._shape))
        {
            return true;
        }

        if (Count != that.Count)
        {
            return false;
        }

        using var mine = GetEnumerator();
        using var theirs = that.GetEnumerator();
        while (mine.MoveNext() && theirs.MoveNext())
        {
            if (!string.Equals(mine.Current.Key, theirs.Current.Key, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonObject OfSorted(string[] keys, JsonValue[] values) =>
        keys.Length <= SmallMax ? new JsonObject(ObjectShape.Of(keys), values) : OfValid(keys, values);

    private static JsonValue[] Replaced(JsonValue[] values, int index, JsonValue value)
    {
        var copy = values.AsSpan().ToArray();
        copy[index] = value;
        return copy;
    }

    private static void RequirePair(string key, JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        UnicodeText.RequireValid(key);
    }
}
