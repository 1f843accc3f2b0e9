using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Entries and pages as short texts.</summary>
internal static class Sample
{
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static ImmutableArray<ReadOnlyMemory<byte>> Entries(params string[] texts) => [.. texts.Select(Bytes)];

    public static ImmutableArray<JournalPage> Pages(params (string Name, string? Content)[] pages) =>
        [.. pages.Select(page => new JournalPage(page.Name, Optional(page.Content)))];

    /// <summary>Written out: in a conditional expression null would become empty memory.</summary>
    private static ReadOnlyMemory<byte>? Optional(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Bytes(text);
    }

    public static string[] Texts(JournalContent content) => [.. content.Entries.Select(Text)];

    public static string[] PageTexts(JournalContent content) =>
        [.. content.Pages.Select(page => $"{page.Name}={Text(page.Content ?? default)}").Order(StringComparer.Ordinal)];
}
