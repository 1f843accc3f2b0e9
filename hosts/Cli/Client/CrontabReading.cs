using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>What a crontab holds.</summary>
/// <param name="Entries">The jobs in the order of the file.</param>
/// <param name="Variables">The variables in the order of the file.</param>
/// <param name="Refusals">The refused lines in the order of the file.</param>
/// <param name="Notes">What is to be known about the file as a whole.</param>
/// <param name="FormatReason">Why it was read with or without a column for the user; null when it is not told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CrontabReading(
    ImmutableArray<CrontabEntry> Entries,
    ImmutableArray<CrontabVariable> Variables,
    ImmutableArray<CrontabRefusal> Refusals,
    ImmutableArray<string> Notes,
    string? FormatReason = null);
