using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Documents;

/// <summary>A JSON array. Every change gives a new array that shares its items with the old one; it costs O(n).</summary>
[JsonConverter(typeof(JsonKindConverter<JsonArray>))]
public sealed class JsonArray : JsonValue
{
    private ContentHash _shapeHash;
    private bool _isShapeHashed;

    private JsonArray(ImmutableArray<JsonValue> items) => Items = items;

    /// <summary>The array without items.</summary>
    public static JsonArray Empty { get; } = new([]);

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Array;

    /// <summary>The items; none is a null reference.</summary>
    public ImmutableArray<JsonValue> Items { get; }

    /// <summary>How many items there are.</summary>
    public int Count => Items.Length;

    /// <summary>The item at that index.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1; otherwise <see cref="IndexOutOfRangeException"/>.</param>
    public JsonValue this[int index] => Items[index];

    /// <inheritdoc/>
    public override ContentHash ShapeHash
    {
        get
        {
            if (!Volatile.Read(ref _isShapeHashed))
            {
                _shapeHash = ComputeShapeHash();
                Volatile.Write(ref _isShapeHashed, true);
            }

            return _shapeHash;
        }
    }

    /// <summary>The array with these items.</summary>
    /// <param name="items">None may be a null reference.</param>
    public static JsonArray Of(params ReadOnlySpan<JsonValue> items) => FromItems(ImmutableArray.Create(items));

    /// <summary>The array with these items, without copying them.</summary>
    /// <param name="items">None may be a null reference; the default array counts as empty.</param>
    public static JsonArray FromItems(ImmutableArray<JsonValue> items)
    {
        if (items.IsDefaultOrEmpty)
        {
            return Empty;
        }

        foreach (var item in items)
        {
            ArgumentNullException.ThrowIfNull(item, nameof(items));
        }

        return new JsonArray(items);
    }

    /// <summary>This array with one item replaced; this very array when that reference is already there.</summary>
    /// <param name="index">0 to <see cref="Count"/>; <see cref="Count"/> appends.</param>
    /// <param name="value">The new item.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    public JsonArray With(int index, JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (index == Count)
        {
            return new JsonArray(Items.Add(value));
        }

        RequireIndex(index, Count - 1);
        return ReferenceEquals(Items[index], value) ? this : new JsonArray(Items.SetItem(index, value));
    }

    /// <summary>This array with one item more; the items from that index on move up.</summary>
    /// <param name="index">0 to <see cref="Count"/>.</param>
    /// <param name="value">The new item.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    public JsonArray Insert(int index, JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        RequireIndex(index, Count);
        return new JsonArray(Items.Insert(index, value));
    }

    /// <summary>This array without the item at that index; the items behind it move down.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    public JsonArray Without(int index)
    {
        RequireIndex(index, Count - 1);
        return Count == 1 ? Empty : new JsonArray(Items.RemoveAt(index));
    }

    /// <inheritdoc/>
    public override JsonValue? Child(PathStep step) =>
        !step.IsKey && step.Index < Items.Length ? Items[step.Index] : null;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        writer.WriteStartArray();
        foreach (var item in Items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Trusts that no item is a null reference.</summary>
    internal static JsonArray OfValid(ReadOnlySpan<JsonValue> items) =>
        items.IsEmpty ? Empty : new JsonArray(ImmutableArray.Create(items));

    private protected override ContentHash ComputeHash()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var hasher = new CanonicalHasher(stackalloc byte[CanonicalHasher.BufferBytes]);
        hasher.Tag(CanonicalHasher.ArrayTag);
        hasher.Count(Count);
        foreach (var item in Items)
        {
            hasher.Child(item);
        }

        return hasher.Finish();
    }

    private protected override bool HasSameContent(JsonValue other)
    {
        var items = ((JsonArray)other).Items;
        if (Items.Length != items.Length)
        {
            return false;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < items.Length; i++)
        {
            if (!Same(Items[i], items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private protected override bool HasSameShape(JsonValue other) => Count == ((JsonArray)other).Count;

    private ContentHash ComputeShapeHash()
    {
        var hasher = new CanonicalHasher(stackalloc byte[64]);
        hasher.Tag(CanonicalHasher.ArrayShapeTag);
        hasher.Count(Count);
        return hasher.Finish();
    }

    private static void RequireIndex(int index, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, max);
    }
}
