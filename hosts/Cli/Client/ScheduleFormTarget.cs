using OrleansScheduler.Documents;

namespace OrleansScheduler.Cli.Client;

/// <summary>What a schedule runs, as it is sent.</summary>
/// <param name="Handler">The name of a registered handler.</param>
/// <param name="Space">The name of a space, with or without its owner; null for none.</param>
/// <param name="Payload">What the handler is to know; null for nothing.</param>
internal sealed record ScheduleFormTarget(string Handler, string? Space = null, JsonValue? Payload = null);
