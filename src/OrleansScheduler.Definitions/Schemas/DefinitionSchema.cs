namespace OrleansScheduler.Definitions.Schemas;

/// <summary>The JSON Schema (draft 2020-12) of files of definitions, for editors and other tools.</summary>
/// <remarks>The reader checks more than a schema can say: zones, cron expressions, ids, and what belongs together.</remarks>
public static class DefinitionSchema
{
    /// <summary>The name under which the schema is published.</summary>
    public const string FileName = "scheduler.schema.json";

    /// <summary>The schema as JSON.</summary>
    public static string Text => LazyText.Value;

    private static readonly Lazy<string> LazyText = new(Load);

    private static string Load()
    {
        using var stream = typeof(DefinitionSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
