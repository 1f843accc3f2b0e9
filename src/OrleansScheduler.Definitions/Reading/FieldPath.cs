namespace OrleansScheduler.Definitions.Reading;

/// <summary>Names places in a file for messages.</summary>
internal static class FieldPath
{
    private const int KeyCharsMax = 60;

    /// <summary>The path of a member.</summary>
    /// <param name="parent">That of its mapping; empty for the root.</param>
    /// <param name="name">The key; a long one is cut.</param>
    public static string Join(string parent, string name)
    {
        string key = name.Length > KeyCharsMax ? name[..KeyCharsMax] + "…" : name;
        return parent.Length == 0 ? key : $"{parent}.{key}";
    }
}
