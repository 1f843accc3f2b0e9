using System.Collections.Immutable;

namespace OrleansScheduler.Catalogs;

/// <summary>A page of names.</summary>
/// <param name="Names">In ordinal order.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null at the end.</param>
public sealed record CatalogPage(ImmutableArray<string> Names, string? Next);
