namespace OrleansScheduler.Core.Timing;

/// <summary>A number for a text that is the same in every process and version, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a over the UTF-16 units (RFC 9923), then the finalizer of MurmurHash3, because FNV mixes short texts poorly.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="salt">Gives one text several numbers that look unrelated.</param>
    public static ulong Of(string text, int salt)
    {
        ulong hash = Basis;
        foreach (char c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        hash = (hash ^ (uint)salt) * Prime;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
