namespace OrleansScheduler.Core.Archives;

/// <summary>The order of actors and names in an archive: by their bytes in UTF-8.</summary>
internal static class ArchiveKeyOrder
{
    public static int Compare(string left, string right)
    {
        // Equal beginnings have equal bytes; only from the first difference on the two encodings need to be compared.
        int same = left.AsSpan().CommonPrefixLength(right);
        same -= same > 0 && char.IsHighSurrogate(left[same - 1]) ? 1 : 0;
        return Utf8(left, same).AsSpan().SequenceCompareTo(Utf8(right, same));
    }

    public static int Compare(ArchiveActor left, ArchiveActor right) =>
        Compare(left.Kind, right.Kind) is var kind and not 0 ? kind : Compare(left.Key, right.Key);

    private static byte[] Utf8(string text, int from)
    {
        ReadOnlySpan<char> rest = text.AsSpan(from);
        byte[] bytes = new byte[System.Text.Encoding.UTF8.GetByteCount(rest)];
        System.Text.Encoding.UTF8.GetBytes(rest, bytes);
        return bytes;
    }
}
