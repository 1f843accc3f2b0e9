using System.Collections.Immutable;

namespace OrleansScheduler.Tidy.Sources;

/// <summary>The files that may break a rule of style, each with its reason. One that no longer breaks it must leave.</summary>
internal static class AllowedExceptions
{
    /// <summary>Files of the core that may use threads, locks or other tasks than their turn's.</summary>
    public static ImmutableSortedDictionary<string, string> ToTurns { get; } = Table(
        ("src/OrleansScheduler.Core/Handlers/RunContext.cs", "A handler may outlive its run, so its late calls meet a gate."),
        ("src/OrleansScheduler.Core/Spaces/CommitPayload.cs", "A scratch buffer, no state."),
        ("src/OrleansScheduler.Core/Storage/EntryBuffer.cs", "A scratch buffer, no state."),
        ("src/OrleansScheduler.Core/Storage/JsonEntryWriter.cs", "A writer that is taken for one entry, no state."));

    /// <summary>Files whose namespace is not their folder.</summary>
    public static ImmutableSortedDictionary<string, string> ToNamespaces { get; } = Table(
        ("src/OrleansScheduler.Embedded/Actors/Proxies/IgnoresAccessChecksToAttribute.cs", "The runtime knows the attribute by its full name."));

    private static ImmutableSortedDictionary<string, string> Table(params (string File, string Reason)[] rows) =>
        rows.ToImmutableSortedDictionary(row => row.File, row => row.Reason, StringComparer.Ordinal);
}
