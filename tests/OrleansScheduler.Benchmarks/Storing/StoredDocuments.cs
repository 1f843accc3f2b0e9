using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>A space of so many documents of a length, on a store that counts.</summary>
internal sealed class StoredDocuments(string folder, int documents, int bytes, bool inRows, TimeProvider time)
{
    private const int Callers = 64;
    private const int DocumentsPerCommit = 100;
    private static readonly string Space = SpaceId.Of("benchmarks", "documents").ToString();

    private readonly Dictionary<int, long> _newest = [];
    private long _commits;

    /// <summary>Fills the space, and stops in order.</summary>
    public async Task FillAsync()
    {
        await using var scheduler = await StartAsync(await OpenAsync());
        var space = scheduler.Directory.Get<ISpace>(Space);
        for (var from = 0; from < documents; from += DocumentsPerCommit)
        {
            await space.CommitAsync(
                new CommitRequest("fill", ++_commits, [], [.. Enumerable.Range(from, Math.Min(DocumentsPerCommit, documents - from)).Select(Fill)]),
                CancellationToken.None);
        }
    }

    /// <summary>Changes one field of a random document per commit, until so many bytes of entries are acknowledged.</summary>
    public async Task<StoringCost> ChangeAsync(long entryBytes, Random random)
    {
        var store = await OpenAsync();
        await using var scheduler = await StartAsync(store);
        var space = scheduler.Directory.Get<ISpace>(Space);
        await space.SummarizeAsync(CancellationToken.None);
        var (passed, sent) = (ProcessWrites.Bytes ?? 0, ProcessWrites.DiskBytes ?? 0);
        var (entries, pages, rows) = (store.Counts.Entries, store.Counts.Pages, store.Counts.Rows);
        long commits = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (long number = 1; store.Counts.Entries - entries < entryBytes; number++)
            {
                var (document, value) = Pick(random);
                var set = new SetOperation(Address.Parse($"document-{document}/field"), JsonNumber.Of(value));
                await space.CommitAsync(new CommitRequest($"caller-{caller}", number, [], [set]), CancellationToken.None);
                Interlocked.Increment(ref commits);
            }
        }));
        var lost = await scheduler.StopAsync(CancellationToken.None);
        WrongResultException.Unless(lost.IsEmpty, $"not stored in time: {string.Join(", ", lost)}");
        var counts = store.Counts;
        var cost = new StoringCost(
            commits,
            counts.Entries - entries,
            counts.Pages - pages,
            counts.Rows - rows,
            counts.Snapshots,
            (ProcessWrites.Bytes ?? 0) - passed,
            (ProcessWrites.DiskBytes ?? 0) - sent);
        return cost with { LoadMilliseconds = await VerifyAsync() };
    }

    private (int Document, long Value) Pick(Random random)
    {
        lock (_newest)
        {
            var document = random.Next(documents);
            return (document, _newest[document] = _newest.GetValueOrDefault(document) + 1);
        }
    }

    // Concurrent changes of one document may land in either order: then it has one of the last values.
    private async Task<double> VerifyAsync()
    {
        await using var again = await StartAsync(await OpenAsync());
        var space = again.Directory.Get<ISpace>(Space);
        var started = time.GetTimestamp();
        await space.SummarizeAsync(CancellationToken.None);
        var loaded = time.GetElapsedTime(started).TotalMilliseconds;
        foreach (var (document, value) in _newest.Take(1_000))
        {
            var target = new ReadTarget(Address.Parse($"document-{document}/field"), ReadDepth.Deep);
            var found = await space.ReadAsync([target], atSequence: null, CancellationToken.None);
            var number = (found.Reads[0].Value as JsonNumber)?.AsInt64() ?? 0;
            WrongResultException.Unless(
                number <= value && number > value - Callers && number > 0, $"document {document} has {number} instead of {value} after reopening");
        }

        return loaded;
    }

    private SetOperation Fill(int document) => new(
        Address.Parse($"document-{document}"), JsonObject.Of(("field", JsonNumber.Of(0)), ("rest", JsonString.Of(new string('x', bytes)))));

    private async Task<CountedStore> OpenAsync() => new(
        await SqliteStore.OpenAsync(new SqliteStoreOptions { Folder = folder }, NoFaults.Instance, time, CancellationToken.None), inRows);

    private Task<EmbeddedScheduler> StartAsync(CountedStore store) => EmbeddedScheduler.StartAsync(
        new EmbeddedSchedulerBuilder { Folder = folder, Time = time, Loggers = NullLoggerFactory.Instance },
        store,
        new ThreadPoolTurnScheduler(),
        CancellationToken.None);
}
