using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Core.Encoding;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A node of the page table: pages in the order of their names, or nodes below. Never empty.</summary>
internal sealed class PageNode
{
    public PageNode(ImmutableArray<PageEntry> pages) => Pages = pages;

    public PageNode(ImmutableArray<PageNode> below) => Below = below;

    /// <summary>The row that holds the node; null for a new one, and for a root that the head holds itself.</summary>
    public StoredRow? Row { get; set; }

    public ImmutableArray<PageEntry> Pages { get; } = [];

    public ImmutableArray<PageNode> Below { get; } = [];

    public bool IsLeaf => Below.IsEmpty;

    public int Count => IsLeaf ? Pages.Length : Below.Length;

    /// <summary>The first name under this node.</summary>
    public string First => IsLeaf ? Pages[0].Name : Below[0].First;

    /// <summary>All pages under this node.</summary>
    public IEnumerable<PageEntry> All => IsLeaf ? Pages : Below.SelectMany(node => node.All);

    /// <summary>The rows of this node, of all below it and of their pages.</summary>
    public IEnumerable<StoredRow> Rows
    {
        get
        {
            IEnumerable<StoredRow> rows = IsLeaf ? Pages.SelectMany(page => page.Rows) : Below.SelectMany(node => node.Rows);
            return Row is null ? rows : rows.Append(Row);
        }
    }

    public void Write(IBufferWriter<byte> output)
    {
        var encoder = new BinaryEncoder(output);
        encoder.Flag(IsLeaf);
        encoder.Number(Count);
        foreach (PageNode node in Below)
        {
            WriteReference(encoder, node.Row!);
        }

        foreach (PageEntry page in Pages)
        {
            encoder.Text(page.Name);
            encoder.Number(page.Rows.Length);
            foreach (StoredRow row in page.Rows)
            {
                WriteReference(encoder, row);
            }
        }
    }

    /// <summary>Reads a leaf, or the references of an inner node.</summary>
    public static PageNode? Read(RowReader reader, out ImmutableArray<StoredRow> below)
    {
        bool isLeaf = reader.Byte() == 1;
        int count = reader.Count();
        if (count == 0)
        {
            throw new InvalidDataException("the node is empty");
        }

        below = isLeaf ? [] : References(reader, count);
        if (!isLeaf)
        {
            return null;
        }

        var pages = ImmutableArray.CreateBuilder<PageEntry>(count);
        for (int i = 0; i < count; i++)
        {
            string name = reader.Text();
            ImmutableArray<StoredRow> rows = References(reader, reader.Count());
            pages.Add(rows.IsEmpty ? throw new InvalidDataException($"page {name} has no row") : new PageEntry(name, rows));
        }

        return new PageNode(pages.MoveToImmutable());
    }

    private static ImmutableArray<StoredRow> References(RowReader reader, int count)
    {
        var rows = ImmutableArray.CreateBuilder<StoredRow>(count);
        for (int i = 0; i < count; i++)
        {
            rows.Add(reader.Reference());
        }

        return rows.MoveToImmutable();
    }

    private static void WriteReference(BinaryEncoder encoder, StoredRow row)
    {
        encoder.Number(row.Number);
        encoder.Number(row.Sum);
    }
}
