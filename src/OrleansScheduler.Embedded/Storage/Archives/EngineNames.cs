namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>What archives say about where they are from.</summary>
internal static class EngineNames
{
    public const string Sqlite = "embedded-sqlite";
    public const string Memory = "embedded-memory";

    /// <summary>The version of the product.</summary>
    public static string Product { get; } = typeof(EngineNames).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
