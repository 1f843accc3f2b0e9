namespace OrleansScheduler.Cli.Fakes;

/// <summary>A request that arrived.</summary>
internal sealed record SeenRequest(string Name, string? Body, string? ContentType, string? Authorization);
