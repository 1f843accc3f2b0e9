using OrleansScheduler.Catalogs;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Catalogs;

/// <summary>Keeps what members tell about themselves.</summary>
internal class CatalogActor : Actor, ICatalog
{
    private readonly CatalogState _state = new();
    private readonly Journal<CatalogState, CatalogMember> _journal;

    public CatalogActor(IActorContext context, JournalOptions? journal = null)
        : base(context) =>
        _journal = new Journal<CatalogState, CatalogMember>(context, _state, new JsonEntryCodec<CatalogMember>(), _ => false, journal);

    public override bool IsIdle => !_journal.IsWriting;

    /// <inheritdoc/>
    public override Task ActivateAsync(CancellationToken cancellation) => _journal.LoadAsync(cancellation);

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public Task AnnounceAsync(CatalogMember member, CancellationToken cancellation) =>
        _state.IsNews(member) ? _journal.AppendAsync(member) : _journal.DurableAsync();

    /// <inheritdoc/>
    public async Task<CatalogPage> ListAsync(MemberKind kind, string? after, int limit, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, 1_000);
        CatalogPage page = _state.List(kind, after, limit);
        await _journal.DurableAsync();
        return page;
    }
}
