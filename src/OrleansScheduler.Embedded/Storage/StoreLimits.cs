using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The caller's side of the storage ports: what both stores refuse before they do anything.</summary>
internal static class StoreLimits
{
    public const int EntriesMax = 1_000;
    public const int NameCharactersMax = 100;
    public const int ContentBytesMax = 64 * 1024 * 1024;
    public const int WakeupPageMax = 10_000;

    /// <summary>Refuses text that would come back from a UTF-8 column as another text.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void CheckActor(string kind, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(key);
        CheckText(kind, nameof(kind));
        CheckText(key, nameof(key));
    }

    public static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameCharactersMax, nameof(name));
        CheckText(name, nameof(name));
    }

    public static void CheckContent(ReadOnlyMemory<byte> content) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, ContentBytesMax, nameof(content));

    public static void CheckEntries(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedPosition);
        if (entries.IsDefaultOrEmpty || entries.Length > EntriesMax)
        {
            throw new ArgumentException($"An append has 1 to {EntriesMax} entries.", nameof(entries));
        }

        long bytes = 0;
        foreach (var entry in entries)
        {
            bytes += entry.Length;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, ContentBytesMax, nameof(entries));
    }

    public static void CheckPages(long position, ImmutableArray<JournalPage> pages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (pages.IsDefault)
        {
            throw new ArgumentException("The pages are missing.", nameof(pages));
        }

        foreach (var page in pages)
        {
            CheckName(page.Name);
            CheckContent(page.Content ?? default);
        }
    }

    private static void CheckText(string text, string parameter)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The text contains a NUL.", parameter);
        }

        Strict.GetByteCount(text);
    }
}
