using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>Exports a deployment with one large space to a file, and makes another one of it.</summary>
internal sealed class ArchiveBenchmark : IBenchmark
{
    private const int DocumentBytes = 10_000;
    private const int DocumentsPerCommit = 20;
    private static readonly string Space = SpaceId.Of("benchmarks", "large").ToString();
    private static readonly Unit Rate = new(" MB/s", "#,0");

    public string Id => "archive";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        var documents = run.Rounds == Rounds.Quick ? 5_000 : 100_000;
        run.Tell($"{documents} documents of {DocumentBytes} B");
        var folder = run.Folder.New();
        var archive = Path.Combine(run.Folder.New(), "archive.jsonl");
        long sequence;
        double exported;
        await using (var scheduler = await StartAsync(folder, run.Time))
        {
            sequence = await FillAsync(scheduler, documents);
            var started = run.Time.GetTimestamp();
            using var export = await scheduler.ExportAsync(skipDamaged: false, CancellationToken.None);
            await using var file = File.Create(archive);
            await export.WriteToAsync(file, CancellationToken.None);
            file.Flush(flushToDisk: true);
            exported = run.Time.GetElapsedTime(started).TotalSeconds;
        }

        var target = Path.Combine(run.Folder.New(), "imported");
        var begun = run.Time.GetTimestamp();
        await using (var source = File.OpenRead(archive))
        {
            await EmbeddedArchive.ImportAsync(target, source, CancellationToken.None);
        }

        var imported = run.Time.GetElapsedTime(begun).TotalSeconds;
        await VerifyAsync(target, run.Time, documents, sequence);
        var megabytes = (double)documents * DocumentBytes / 1e6;
        var work = FormattableString.Invariant($"{megabytes:#,0} MB of documents");
        run.Report(new Row($"export of {work}", "an instant of a running deployment, to a file, flushed", new Series([megabytes / exported]), Rate)
        {
            Beside = FormattableString.Invariant($"{exported:0.0} s, {new FileInfo(archive).Length / 1e6:#,0} MB"),
        });
        run.Report(new Row($"import of {work}", "every byte under its hash, to a new data folder, flushed", new Series([megabytes / imported]), Rate)
        {
            Beside = FormattableString.Invariant($"{imported:0.0} s"),
        });
    }

    private static async Task<long> FillAsync(EmbeddedScheduler scheduler, int documents)
    {
        var space = scheduler.Directory.Get<ISpace>(Space);
        long number = 0;
        for (var from = 0; from < documents; from += DocumentsPerCommit)
        {
            await space.CommitAsync(
                new CommitRequest("fill", ++number, [], [.. Enumerable.Range(from, DocumentsPerCommit).Select(Fill)]), CancellationToken.None);
        }

        return number;
    }

    private static async Task VerifyAsync(string folder, TimeProvider time, int documents, long sequence)
    {
        await using var scheduler = await StartAsync(folder, time);
        var space = scheduler.Directory.Get<ISpace>(Space);
        var summary = await space.SummarizeAsync(CancellationToken.None);
        WrongResultException.Unless(summary.Documents == documents, $"{summary.Documents} documents were imported instead of {documents}");
        WrongResultException.Unless(summary.Sequence >= sequence, $"the imported space stands at {summary.Sequence}, the exported one at {sequence}");
        foreach (var document in new[] { 0, documents / 2, documents - 1 })
        {
            var target = new ReadTarget(Address.Parse($"document-{document}/text"), ReadDepth.Deep);
            var found = await space.ReadAsync([target], atSequence: null, CancellationToken.None);
            WrongResultException.Unless(found.Reads[0].Value?.Equals(TextOf(document)) == true, $"document {document} is another one");
        }
    }

    private static SetOperation Fill(int document) => new(Address.Parse($"document-{document}/text"), TextOf(document));

    // No two documents are alike, as those of users are not.
    private static JsonString TextOf(int document) => JsonString.Of(string.Create(DocumentBytes, document, static (text, document) =>
    {
        var random = new Random(document);
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)('a' + random.Next(26));
        }
    }));

    private static Task<EmbeddedScheduler> StartAsync(string folder, TimeProvider time) =>
        new EmbeddedSchedulerBuilder { Folder = folder, Time = time, Loggers = NullLoggerFactory.Instance }.StartAsync(CancellationToken.None);
}
