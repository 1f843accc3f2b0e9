using OrleansScheduler.Web.Commits;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>Query values and headers that several operations know.</summary>
internal static class Parameters
{
    /// <summary>Where a page starts.</summary>
    public static ParameterDoc After { get; } =
        ParameterDoc.Query("after", "The value of next in the page before; missing for the first page.", ValueSchemas.Text());

    /// <summary>A place in a document.</summary>
    public static ParameterDoc Path { get; } =
        ParameterDoc.Query("path", "A place in the document, such as /orders[0]/total; missing for all of it.", ValueSchemas.Text());

    /// <summary>How to read.</summary>
    public static ParameterDoc Depth { get; } =
        ParameterDoc.Query("depth", "The value, or only its shape; deep when it is missing.", ValueSchemas.OneOf("deep", "shallow"));

    /// <summary>Who asks.</summary>
    public static ParameterDoc Who { get; } =
        ParameterDoc.Query("who", "Who asks, for the records; the interface itself when it is missing.", ValueSchemas.Text(200, 1));

    /// <summary>How long to wait.</summary>
    public static ParameterDoc Wait { get; } = new(
        ParameterPlace.Query, "wait", "How long to wait for an answer that says more.", options => ValueSchemas.Length(options.WaitMax));

    /// <summary>Only to see.</summary>
    public static ParameterDoc DryRun { get; } =
        ParameterDoc.Query("dry_run", "True to say what would change, and change nothing.", ValueSchemas.Flag());

    /// <summary>What is to become of the rest.</summary>
    public static ParameterDoc Prune { get; } =
        ParameterDoc.Query("prune", "True to delete what an earlier version created and this one does not name.", ValueSchemas.Flag());

    /// <summary>Makes repeating a commit harmless.</summary>
    public static ParameterDoc Idempotency { get; } = ParameterDoc.Header(
        IdempotencyKey.Header,
        "The name of a session and the number of the commit in it: repeating the request under it is the same commit.",
        ValueSchemas.Text("^.{1,200}:[0-9]+$", "import-7:42"));

    /// <summary>Demands that the value is a known one.</summary>
    public static ParameterDoc IfMatch { get; } =
        ParameterDoc.Header("If-Match", "The entity tag of what is to be changed; 412 when it has another one.", ValueSchemas.Text("^\".+\"$", "\"…\""));

    /// <summary>Demands that nothing is there.</summary>
    public static ParameterDoc IfNoneMatch { get; } =
        ParameterDoc.Header("If-None-Match", "* when nothing may be there yet; 412 when something is.", ValueSchemas.OneOf("*"));

    /// <summary>The length of a page.</summary>
    /// <param name="most">The greatest that the operation allows.</param>
    public static ParameterDoc Limit(int most = int.MaxValue) => new(
        ParameterPlace.Query,
        "limit",
        "The length of the page.",
        options => ValueSchemas.Number(1, Math.Min(most, options.PageItemsMax), Math.Min(most, options.PageItemsDefault)));

    /// <summary>The same, but it has to be there.</summary>
    public static ParameterDoc Required(this ParameterDoc parameter) => parameter with { Required = true };
}
