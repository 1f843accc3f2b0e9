using OrleansScheduler.Catalogs;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A catalog that never hears that something is gone.</summary>
internal sealed class DeafCatalog(ICatalog inner) : ICatalog
{
    public Task AnnounceAsync(CatalogMember member, CancellationToken cancellation) => member.Exists ? inner.AnnounceAsync(member, cancellation) : Task.CompletedTask;

    public Task<CatalogPage> ListAsync(MemberKind kind, string? after, int limit, CancellationToken cancellation) => inner.ListAsync(kind, after, limit, cancellation);
}
