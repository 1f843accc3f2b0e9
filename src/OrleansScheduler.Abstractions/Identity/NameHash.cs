namespace OrleansScheduler.Identity;

/// <summary>A number for a name that is the same in every process: what it decides is stored, so it never changes.</summary>
internal static class NameHash
{
    /// <summary>FNV-1a over the UTF-16 units.</summary>
    public static uint Of(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }
}
