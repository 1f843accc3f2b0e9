using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Creates the documents that are missing. None is ever overwritten or deleted: what people and actions wrote is worth more than a file.</summary>
internal sealed class DocumentStep(DefinitionFile file, IActorDirectory directory, TimeProvider time) : DefinitionStep(DefinitionKind.Document)
{
    private const int BatchMax = 500;
    private const string Kept = "Documents hold data, so a prune keeps them. The set no longer counts this one as its own.";

    private readonly ImmutableArray<Seed> _seeds = [.. file.Documents.Select(document => new Seed(document))];
    private long _sequence;

    public override IEnumerable<DefinitionItem> Items => _seeds.Select(seed => seed.Item);

    public override async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var seeds in _seeds.Where(seed => seed.Item.IsPending).GroupBy(seed => seed.Document.Space))
        {
            foreach (var batch in seeds.Chunk(BatchMax))
            {
                await TryTogetherAsync(batch, some => CreateAsync(seeds.Key, some, cancellation), seed => seed.Item);
                await LookAgainAsync(seeds.Key, batch, cancellation);
            }
        }
    }

    public override Task PruneAsync(bool isDryRun, CancellationToken cancellation)
    {
        foreach (var orphan in Orphans)
        {
            (orphan.Outcome, orphan.Differences) = (DefinitionOutcome.Orphaned, [Kept]);
        }

        return Task.CompletedTask;
    }

    protected override bool IsKept(DefinitionItem orphan) => orphan.Differences.IsEmpty;

    protected override async Task PlanItemsAsync(CancellationToken cancellation)
    {
        foreach (var seeds in _seeds.GroupBy(seed => seed.Document.Space))
        {
            foreach (var batch in seeds.Chunk(BatchMax))
            {
                await ReadAsync(seeds.Key, batch, cancellation);
            }
        }
    }

    protected override async Task<bool> ExistsAsync(string id, CancellationToken cancellation)
    {
        int slash = id.IndexOf('/');
        var target = new ReadTarget(Address.Of(DocumentId.Parse(id[(slash + 1)..])), ReadDepth.Shallow);
        var read = await Space(SpaceId.Of(file.Owner, id[..slash])).ReadAsync([target], null, cancellation);
        return read.Reads[0].Shape is not null;
    }

    protected override Task DeleteAsync(string id, CancellationToken cancellation) => Task.CompletedTask;

    private ISpace Space(SpaceId space) => directory.Get<ISpace>(space.ToString());

    private async Task ReadAsync(SpaceId space, Seed[] seeds, CancellationToken cancellation)
    {
        var read = await Space(space).ReadAsync(
            [.. seeds.Select(seed => new ReadTarget(Address.Of(seed.Document.Document), ReadDepth.Shallow))], null, cancellation);
        foreach (var (seed, found) in seeds.Zip(read.Reads))
        {
            seed.Absence = found.Shape is null ? found.Confirm() : null;
            seed.Item.Outcome = found.Shape is null ? DefinitionOutcome.Created : DefinitionOutcome.Unchanged;
        }
    }

    // The commit holds only if the documents are still absent, so whoever was faster is not overwritten.
    private async Task CreateAsync(SpaceId space, IReadOnlyList<Seed> seeds, CancellationToken cancellation)
    {
        _sequence = Math.Max(_sequence + 1, time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
        var request = new CommitRequest(
            $"definitions {file.Name}",
            _sequence,
            [.. seeds.Select(seed => seed.Absence!)],
            [.. seeds.Select(seed => new SetOperation(Address.Of(seed.Document.Document), seed.Document.Value))]);
        await Space(space).CommitAsync(request, cancellation);
    }

    private async Task LookAgainAsync(SpaceId space, Seed[] batch, CancellationToken cancellation)
    {
        Seed[] beaten = [.. batch.Where(seed => seed.Item is { IsFailed: true, Code: ErrorCodes.ReadConflict })];
        foreach (var seed in beaten)
        {
            var found = await Space(space).ReadAsync([new ReadTarget(Address.Of(seed.Document.Document), ReadDepth.Shallow)], null, cancellation);
            if (found.Reads[0].Shape is not null)
            {
                seed.Item.Outcome = DefinitionOutcome.Unchanged;
            }
        }
    }

    private sealed class Seed(DefinedDocument document)
    {
        public DefinedDocument Document => document;

        public DefinitionItem Item { get; } = new(DefinitionKind.Document, $"{document.Space.Name}/{document.Document}", document.Place);

        /// <summary>What was seen where the document is missing; null when it is there.</summary>
        public ConfirmedRead? Absence { get; set; }
    }
}
