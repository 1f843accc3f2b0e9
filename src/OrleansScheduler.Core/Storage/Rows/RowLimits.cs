using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>What a journal refuses before it does anything: the same as every store of the product.</summary>
internal static class RowLimits
{
    public const int EntriesMax = 1_000;
    public const int NameCharactersMax = 100;
    public const int ContentBytesMax = 64 << 20;

    public static void CheckEntries(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedPosition);
        if (entries.IsDefaultOrEmpty || entries.Length > EntriesMax)
        {
            throw new ArgumentException($"An append has 1 to {EntriesMax} entries.", nameof(entries));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Sum(entry => (long)entry.Length), ContentBytesMax, nameof(entries));
    }

    public static void CheckPages(long position, ImmutableArray<JournalPage> pages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (pages.IsDefault)
        {
            throw new ArgumentException("The pages are missing.", nameof(pages));
        }

        foreach (JournalPage page in pages)
        {
            ArgumentException.ThrowIfNullOrEmpty(page.Name, nameof(pages));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Name.Length, NameCharactersMax, nameof(pages));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Content?.Length ?? 0, ContentBytesMax, nameof(pages));
        }
    }
}
