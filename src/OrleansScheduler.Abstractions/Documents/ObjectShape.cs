namespace OrleansScheduler.Documents;

/// <summary>The set of keys of an object, shared by objects that have the same keys.</summary>
/// <remarks>
/// Lists of similar objects are what large documents mostly consist of; sharing saves their key arrays, and one shape hash
/// serves them all. A large object has a shape without keys: its map holds them, and only changed values keep the shape.
/// </remarks>
internal sealed class ObjectShape
{
    private const int CacheSize = 512;
    private const int CachedKeyCharsMax = 64;

    // Entries are replaced without a lock: a lost write costs one array later, never a wrong answer.
    private static readonly ObjectShape?[] Cache = new ObjectShape?[CacheSize];

    private ContentHash _hash;
    private bool _isHashed;

    private ObjectShape(string[]? keys) => Keys = keys;

    /// <summary>The keys in ordinal order; null for the shape of a large object. Never written to.</summary>
    public string[]? Keys { get; }

    /// <summary>The shape of a large object, which shares nothing but its hash.</summary>
    public static ObjectShape OfLarge() => new(null);

    /// <summary>The shape with these keys.</summary>
    /// <param name="sortedKeys">In ordinal order, distinct, at most <see cref="JsonObject.SmallMax"/>; copied if needed.</param>
    public static ObjectShape Of(ReadOnlySpan<string> sortedKeys)
    {
        var slot = Slot(sortedKeys, out var isCacheable);
        if (!isCacheable)
        {
            return new ObjectShape(sortedKeys.ToArray());
        }

        ref var entry = ref Cache[slot];
        var cached = Volatile.Read(ref entry);
        if (cached is not null && sortedKeys.SequenceEqual(cached.Keys))
        {
            return cached;
        }

        var shape = new ObjectShape(sortedKeys.ToArray());
        Volatile.Write(ref entry, shape);
        return shape;
    }

    /// <summary>The hash over the keys of <paramref name="owner"/>, whose shape this is.</summary>
    public ContentHash HashFor(JsonObject owner)
    {
        if (!Volatile.Read(ref _isHashed))
        {
            _hash = Compute(owner);
            Volatile.Write(ref _isHashed, true);
        }

        return _hash;
    }

    private static ContentHash Compute(JsonObject owner)
    {
        var hasher = new CanonicalHasher(stackalloc byte[CanonicalHasher.BufferBytes]);
        hasher.Tag(CanonicalHasher.ObjectShapeTag);
        hasher.Count(owner.Count);
        foreach (var pair in owner)
        {
            hasher.TextWithLength(pair.Key);
        }

        return hasher.Finish();
    }

    // Lengths and end characters tell real key sets apart well enough, and cost far less than hashing every character.
    private static int Slot(ReadOnlySpan<string> keys, out bool isCacheable)
    {
        isCacheable = true;
        var sum = (uint)keys.Length;
        foreach (var key in keys)
        {
            isCacheable &= key.Length <= CachedKeyCharsMax;
            sum = (sum * 31) + (uint)key.Length;
            if (key.Length > 0)
            {
                sum = (((sum * 31) + key[0]) * 31) + key[^1];
            }
        }

        return (int)((sum * 0x9E3779B1u) >> 23);
    }
}
