using System.Globalization;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Definitions;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Definitions;

/// <summary>The shell around <see cref="ManifestState"/>.</summary>
internal class DefinitionSetActor : Actor, IDefinitionSet
{
    private const int NamesMax = 200_000;

    private readonly ManifestState _state = new();
    private readonly Journal<ManifestState, DefinitionManifest> _journal;

    public DefinitionSetActor(IActorContext context, JournalOptions? journal = null)
        : base(context) =>
        _journal = new Journal<ManifestState, DefinitionManifest>(context, _state, new JsonEntryCodec<DefinitionManifest>(), _ => false, journal);

    public override bool IsIdle => !_journal.IsWriting;

    /// <inheritdoc/>
    public override Task ActivateAsync(CancellationToken cancellation) => _journal.LoadAsync(cancellation);

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public async Task<DefinitionManifest> GetAsync(CancellationToken cancellation)
    {
        DefinitionManifest manifest = _state.Manifest;
        await _journal.DurableAsync();
        return manifest;
    }

    /// <inheritdoc/>
    public Task<DefinitionManifest> SaveAsync(DefinitionManifest manifest, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, async () =>
    {
        ArgumentNullException.ThrowIfNull(manifest);
        CheckRange("names", manifest.Groups.Count + manifest.Documents.Count + manifest.Actions.Count + manifest.Schedules.Count, 0, NamesMax);
        long revision = _state.Manifest.Revision;
        if (manifest.Revision != revision)
        {
            throw new SchedulerException(ErrorCodes.RevisionConflict, $"The set has revision {revision}, not {manifest.Revision}.")
                .With("revision", revision.ToString(CultureInfo.InvariantCulture));
        }

        DefinitionManifest saved = manifest with { Revision = revision + 1 };
        await _journal.AppendAsync(saved);
        return saved;
    });
}
