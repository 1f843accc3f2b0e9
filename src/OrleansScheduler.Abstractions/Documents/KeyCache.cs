using System.Text.Json;

namespace OrleansScheduler.Documents;

/// <summary>Gives repeated object keys the same string, so that documents share them.</summary>
internal static class KeyCache
{
    private const int CacheSize = 1024;
    private const int CachedBytesMax = 48;

    // Entries are replaced without a lock: a lost write costs one string later, never a wrong answer.
    private static readonly string?[] Cache = new string?[CacheSize];

    /// <summary>The text of the property name that the reader stands on.</summary>
    /// <exception cref="InvalidOperationException">It is not valid Unicode.</exception>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > CachedBytesMax)
        {
            return reader.GetString()!;
        }

        var bytes = reader.ValueSpan;
        var sum = (uint)bytes.Length;
        foreach (var b in bytes)
        {
            sum = (sum * 31) + b;
        }

        ref var entry = ref Cache[(sum * 0x9E3779B1u) >> 22];
        var cached = Volatile.Read(ref entry);
        if (cached is not null && reader.ValueTextEquals(cached))
        {
            return cached;
        }

        var key = reader.GetString()!;
        Volatile.Write(ref entry, key);
        return key;
    }
}
