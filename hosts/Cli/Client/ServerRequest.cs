namespace OrleansScheduler.Cli.Client;

/// <summary>A request before it is sent.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Path">Below the prefix of the interface, with its query.</param>
internal sealed record ServerRequest(HttpMethod Method, string Path)
{
    /// <summary>The body; null for none.</summary>
    public HttpContent? Body { get; init; }

    /// <summary>Whether it needs the token of an administrator.</summary>
    public bool ByAdministrator { get; init; }

    /// <summary>How long the server was asked to wait, on top of the time-out.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>True when nobody can know what became of it without an answer.</summary>
    public bool IsChange => Method != HttpMethod.Get && !Path.StartsWith("/schedules/preview", StringComparison.Ordinal);
}
