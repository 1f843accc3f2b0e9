using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>One activation of a small actor: entries are numbers, page <c>n mod pages</c> holds the last such number and its padding.</summary>
internal sealed class NumberActor(FaultyRows rows, Random random, int pages = 7, RowOptions? options = null)
{
    /// <summary>Limits so small that a short history meets every one of them.</summary>
    public static RowOptions Tiny { get; } = new()
    {
        TailBytesMax = 24,
        ChunkBytesMax = 40,
        NodeReferencesMax = 4,
        InlinePagesMax = 2,
        SegmentsPerLevel = 3,
        RowsAtOnce = 3,
        TrimBytesMin = 30,
        TrimmedRowsMax = 2,
    };

    private readonly HashSet<int> _dirty = [];
    private readonly RowJournal _journal = new("space", "acme/main", rows, random, options ?? Tiny);

    /// <summary>All numbers that this activation knows to be stored.</summary>
    public List<int> Known { get; private set; } = [];

    public RowJournal Journal => _journal;

    /// <summary>Reads the journal and checks that it is consistent with itself.</summary>
    /// <returns>The numbers, of which those under the snapshot are taken from <paramref name="history"/>.</returns>
    public async Task<ImmutableArray<int>> LoadAsync(IReadOnlyList<int> history)
    {
        JournalContent content = await _journal.LoadAsync(CancellationToken.None);
        Known = [.. history.Take((int)content.SnapshotPosition)];
        Assert.Equal(content.SnapshotPosition, Known.Count);
        Assert.Equal(
            Expected(Known, pages),
            content.Pages.OrderBy(page => page.Name, StringComparer.Ordinal).Select(page => $"{page.Name}={Text(page.Content!.Value)}"));
        _dirty.Clear();
        foreach (ReadOnlyMemory<byte> entry in content.Entries)
        {
            Apply(int.Parse(Text(entry).TrimEnd('.'), CultureInfo.InvariantCulture));
        }

        return [.. Known];
    }

    /// <summary>Stores numbers; they are known once that succeeded.</summary>
    public async Task AppendAsync(params int[] numbers)
    {
        await _journal.AppendAsync(Known.Count, [.. numbers.Select(Entry)], CancellationToken.None);
        foreach (int number in numbers)
        {
            Apply(number);
        }
    }

    public async Task SnapshotAsync()
    {
        string[] all = Expected(Known, pages);
        var changed = _dirty.Select(page => $"p{page}").Select(name =>
            all.FirstOrDefault(page => page.StartsWith(name + "=", StringComparison.Ordinal)) is { } text
                ? new JournalPage(name, Bytes(text[(name.Length + 1)..]))
                : new JournalPage(name, null));
        await _journal.WritePagesAsync(Known.Count, [.. changed], CancellationToken.None);
        _dirty.Clear();
        await _journal.TruncateAsync(Known.Count, CancellationToken.None);
    }

    /// <summary>Every ninth number is too long for a row, and every fifth number empties its page.</summary>
    private static ReadOnlyMemory<byte> Entry(int number) =>
        Bytes(number.ToString(CultureInfo.InvariantCulture) + new string('.', number % 9 == 0 ? 90 : number % 4));

    private static string[] Expected(List<int> numbers, int pages)
    {
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (int number in numbers)
        {
            string page = $"p{number % pages}";
            if (number % 5 == 0)
            {
                last.Remove(page);
            }
            else
            {
                last[page] = number + new string('#', number % 60);
            }
        }

        return [.. last.Select(page => $"{page.Key}={page.Value}")];
    }

    private void Apply(int number)
    {
        Known.Add(number);
        _dirty.Add(number % pages);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);
}
