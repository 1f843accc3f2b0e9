using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Core.Tests.Archives;

/// <summary>An archive with every kind of part.</summary>
internal sealed class SampleArchive(params ArchivePart[] parts) : IArchiveSource, IArchiveSink
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ArchivePart> _taken = [];

    public ArchiveHeader Header { get; init; } = new(1, "1.2.3", "test", 3, 7, At);

    public ImmutableArray<ArchiveDamage> Damaged { get; init; } = [];

    /// <summary>What a reader handed over.</summary>
    public IReadOnlyList<ArchivePart> Taken => _taken;

    public static SampleArchive Create() => new(
        Actor("clock", "7", states: 1),
        new ArchivePart.State("due", Bytes("x")),
        Actor("space", "a/b", snapshot: 5, pages: 2, entries: 2, wakeup: At.AddMinutes(1)),
        new ArchivePart.Page("d/00", Framed("page")),
        new ArchivePart.Page("h\u00e9ad", Framed("")),
        new ArchivePart.Entry(6, Framed("six")),
        new ArchivePart.Entry(7, Framed("seven")),
        Actor("space", "a/\uffee", wakeup: At),
        Actor("space", "a/\U0001F600", entries: 1),
        new ArchivePart.Entry(1, Framed("one")));

    public static ArchivePart.Actor Actor(
        string kind, string key, long snapshot = 0, long pages = 0, long entries = 0, long states = 0, DateTimeOffset? wakeup = null) =>
        new(new ArchiveActor(kind, key, snapshot, pages, entries, states, wakeup));

    public static byte[] Framed(string text) => Frame.Seal(1, Bytes(text));

    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public async Task<byte[]> WriteAsync()
    {
        using var stream = new MemoryStream();
        await ArchiveWriter.WriteAsync(this, stream, _ => { }, CancellationToken.None);
        return stream.ToArray();
    }

    /// <summary>Reads an archive in pieces of one size.</summary>
    public static async Task<(ArchiveSummary Summary, SampleArchive Sink)> ReadAsync(byte[] archive, int pieceBytes = int.MaxValue)
    {
        var sink = new SampleArchive();
        var summary = await ArchiveReader.ReadAsync(new PieceStream(archive, pieceBytes), sink, CancellationToken.None);
        return (summary, sink);
    }

    public IEnumerable<ArchivePart> Read() => parts;

    public IAsyncEnumerable<ArchivePart> ReadAsync(CancellationToken cancellation) => parts.ToAsyncEnumerable();

    public void Begin(ArchiveHeader header)
    {
    }

    public void Take(ArchivePart part) => _taken.Add(part);

    public void Dispose()
    {
    }

    /// <summary>The parts as texts, so that they can be compared.</summary>
    public static IEnumerable<string> Texts(IEnumerable<ArchivePart> parts) => parts.Select(part => part switch
    {
        ArchivePart.Page page => $"page {page.Name} {Convert.ToHexString(page.Content.Span)}",
        ArchivePart.Entry entry => $"entry {entry.Position} {Convert.ToHexString(entry.Content.Span)}",
        ArchivePart.State state => $"state {state.Name} {Convert.ToHexString(state.Content.Span)}",
        _ => part.ToString()!,
    });

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class PieceStream(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
