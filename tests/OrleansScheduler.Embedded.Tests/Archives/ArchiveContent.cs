using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Embedded.Tests.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>Content of every kind, and archives of it.</summary>
internal static class ArchiveContent
{
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>Journals with and without snapshots, states, wake-ups, actors with only one of them.</summary>
    public static async Task FillAsync(IEmbeddedStore store)
    {
        var space = store.Journal("space", "default/caf\u00e9");
        await space.AppendAsync(0, [Framed("1"), Framed("2"), Framed("3")], Never);
        await space.AppendAsync(3, [Framed("4"), Framed("5")], Never);
        await space.WritePagesAsync(4, [new JournalPage("head", Framed("h")), new JournalPage("d", Framed("d")), new JournalPage("D", Framed(""))], Never);
        await space.TruncateAsync(4, Never);
        await space.AppendAsync(5, [Framed("6")], Never);
        await store.SetWakeupAsync("space", "default/caf\u00e9", StoppedClock.Now, Never);

        await store.Journal("schedule", "default/x").AppendAsync(0, [Framed("only")], Never);
        await store.Journal("catalog", "default").WritePagesAsync(0, [new JournalPage("p", Framed("p"))], Never);
        var state = store.State("clock", "63");
        await state.WriteAsync("b", Bytes("two"), null, Never);
        await state.WriteAsync("a", Bytes(""), null, Never);
        string gone = await state.WriteAsync("gone", Bytes("x"), null, Never);
        await state.ClearAsync("gone", gone, Never);
        await store.SetWakeupAsync("governor", "governor", StoppedClock.Now.AddHours(1), Never);
    }

    /// <summary>What a store holds, as texts.</summary>
    public static async Task<string> TextAsync(IEmbeddedStore store)
    {
        using var archive = Open(store);
        using var stream = new MemoryStream();
        await ArchiveWriter.WriteAsync(archive, stream, _ => { }, Never);
        string[] lines = Encoding.ASCII.GetString(stream.ToArray()).Split('\n');
        return string.Join('\n', lines[1..^2]);
    }

    public static async Task<byte[]> ExportAsync(IEmbeddedStore store, bool skipDamaged = false)
    {
        using var archive = Open(store, skipDamaged);
        using var stream = new MemoryStream();
        await ArchiveWriter.WriteAsync(archive, stream, _ => { }, Never);
        return stream.ToArray();
    }

    public static IArchiveSource Open(IEmbeddedStore store, bool skipDamaged = false) =>
        ((IArchivedStore)store).OpenArchive(StoppedClock.Now, skipDamaged, Never);

    public static Task<ArchiveSummary> VerifyAsync(byte[] archive) => ArchiveVerifier.VerifyAsync(new MemoryStream(archive), Never);

    public static ReadOnlyMemory<byte> Framed(string text) => Frame.Seal(1, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
