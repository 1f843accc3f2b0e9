using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Which page a member belongs to.</summary>
internal static class PageNames
{
    private static readonly Dictionary<char, string[]> Names = new()
    {
        ['d'] = Make('d'), ['a'] = Make('a'), ['s'] = Make('s'),
    };

    /// <summary>The name of the page, by FNV-1a over the member's name: it is stored, so it must not vary by process.</summary>
    public static string Of(char kind, string member, int buckets)
    {
        return Names[kind][NameHash.Of(member) % (uint)buckets];
    }

    private static string[] Make(char kind) => [.. Enumerable.Range(0, 64).Select(bucket => $"{kind}/{bucket:x2}")];
}
