namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>What archives say about where they are from.</summary>
internal static class EngineNames
{
    public const string Sqlite = "embedded-sqlite";
    public const string Memory = "embedded-memory";
}
