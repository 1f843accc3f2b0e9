using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Schedules;

/// <summary>What a schedule runs.</summary>
/// <param name="Handler">The name of a registered handler.</param>
/// <param name="Space">The one space that it reads and writes; null for none.</param>
/// <param name="Payload">What the handler is to know; null for nothing.</param>
public sealed record HandlerTarget(string Handler, SpaceId? Space = null, JsonValue? Payload = null);
