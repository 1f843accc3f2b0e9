using System.Text.Json.Serialization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Cli.Client;

/// <summary>What is at an address of a space.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Value">What is there; null for a shallow read.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DocumentValue(Address Address, JsonValue? Value = null);
