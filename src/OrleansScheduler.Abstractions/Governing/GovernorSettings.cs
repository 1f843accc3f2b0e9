using System.Collections.Immutable;

namespace OrleansScheduler.Governing;

/// <summary>How many runs may be under way.</summary>
/// <param name="Cap">In all, 1 to 10,000.</param>
/// <param name="Groups">The caps of named groups within it, 1 to 10,000 each; at most 1,000 groups.</param>
public sealed record GovernorSettings(int Cap, ImmutableSortedDictionary<string, int> Groups);
