using OrleansScheduler.Engine;

namespace OrleansScheduler.Catalogs;

/// <summary>What an owner has. Actors cannot be enumerated, so members tell it with their first and last entry. Key: the owner.</summary>
[Actor("catalog")]
public interface ICatalog
{
    /// <summary>A message of a member: it exists, or exists no more. The highest number of a member wins, so a repeat is harmless.</summary>
    Task AnnounceAsync(CatalogMember member, CancellationToken cancellation);

    /// <summary>Names in ordinal order.</summary>
    /// <param name="kind">What to list.</param>
    /// <param name="after">The last name of the page before; null for the first page.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<CatalogPage> ListAsync(MemberKind kind, string? after, int limit, CancellationToken cancellation);
}
