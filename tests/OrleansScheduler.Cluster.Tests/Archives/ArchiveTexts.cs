using System.Text;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>What an archive holds, as texts that can be compared.</summary>
internal sealed class ArchiveTexts : IArchiveSink
{
    private readonly List<string> _texts = [];

    public static async Task<string[]> ReadAsync(byte[] archive)
    {
        var texts = new ArchiveTexts();
        await ArchiveReader.ReadAsync(new MemoryStream(archive), texts, CancellationToken.None);
        return [.. texts._texts];
    }

    public static IEnumerable<string> Of(IEnumerable<ArchivePart> parts) => parts.Select(Of);

    public void Begin(ArchiveHeader header)
    {
    }

    public void Take(ArchivePart part) => _texts.Add(Of(part));

    private static string Of(ArchivePart part) => part switch
    {
        ArchivePart.Page page => $"page {page.Name} {Open(page.Content)}",
        ArchivePart.Entry entry => FormattableString.Invariant($"entry {entry.Position} {Open(entry.Content)}"),
        ArchivePart.State state => $"state {state.Name} {Encoding.UTF8.GetString(state.Content.Span)}",
        ArchivePart.Actor { Value: var actor } => FormattableString.Invariant(
            $"{actor.Name} {actor.Snapshot} {actor.Pages} {actor.Entries} {actor.States}{(actor.Wakeup is { } due ? $" {due:yyyy-MM-ddTHH:mm:ss}" : "")}"),
        _ => "?",
    };

    private static string Open(ReadOnlyMemory<byte> framed) =>
        Frame.Open(framed, 1, out _, out ReadOnlyMemory<byte> content) is { } reason ? reason : Encoding.UTF8.GetString(content.Span);
}
