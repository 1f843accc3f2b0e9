using System.Collections.Immutable;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Changes the page table: a tree by names, of which only the nodes on the way to a changed page are written anew.</summary>
internal sealed class PageTable(WritePlan plan, RowOptions options)
{
    /// <summary>The table after some pages changed.</summary>
    /// <param name="root">The table so far; null when it is empty.</param>
    /// <param name="changes">Pages in the order of their names; without rows for a page that is removed.</param>
    public PageNode? Change(PageNode? root, ImmutableArray<PageEntry> changes)
    {
        List<PageNode> nodes = root is null ? Leaves(Kept(changes)) : Change(root, changes, 0, changes.Length);
        while (nodes.Count > 1)
        {
            nodes = Above(nodes);
        }

        PageNode? top = nodes.Count == 0 ? null : nodes[0];
        while (top is { IsLeaf: false, Below.Length: 1 })
        {
            Release(top);
            top = top.Below[0];
        }

        if (top is not null)
        {
            Place(top, isRoot: true);
        }

        return top;
    }

    // The changes from..to fall under the node. It is replaced by none, one or several.
    private List<PageNode> Change(PageNode node, ImmutableArray<PageEntry> changes, int from, int to)
    {
        if (from == to)
        {
            return [node];
        }

        Release(node);
        if (node.IsLeaf)
        {
            return Leaves(Merge(node.Pages, changes, from, to));
        }

        var below = new List<PageNode>();
        for (int i = 0; i < node.Below.Length; i++)
        {
            int end = i + 1 == node.Below.Length ? to : from;
            while (end < to && string.CompareOrdinal(changes[end].Name, node.Below[i + 1].First) < 0)
            {
                end++;
            }

            below.AddRange(Change(node.Below[i], changes, from, end));
            from = end;
        }

        return Above(Joined(below));
    }

    private List<PageEntry> Merge(ImmutableArray<PageEntry> old, ImmutableArray<PageEntry> changes, int from, int to)
    {
        var pages = new List<PageEntry>(old.Length + to - from);
        int at = 0;
        for (int i = from; i <= to; i++)
        {
            while (at < old.Length && (i == to || string.CompareOrdinal(old[at].Name, changes[i].Name) < 0))
            {
                pages.Add(old[at++]);
            }

            if (i < to && at < old.Length && old[at].Name == changes[i].Name)
            {
                plan.Released.AddRange(old[at++].Rows);
            }

            if (i < to && !changes[i].Rows.IsEmpty)
            {
                pages.Add(changes[i]);
            }
        }

        return pages;
    }

    // A new node that is nearly empty joins the one before it, so that removing pages shrinks the tree.
    private List<PageNode> Joined(List<PageNode> nodes)
    {
        var joined = new List<PageNode>(nodes.Count);
        foreach (PageNode node in nodes)
        {
            bool isSmall = joined.Count > 0
                && joined[^1].IsLeaf == node.IsLeaf
                && joined[^1].Count + node.Count <= options.NodeReferencesMax
                && Math.Min(joined[^1].Count, node.Count) < options.NodeReferencesMax / 4
                && (joined[^1].Row is null || node.Row is null);
            if (!isSmall)
            {
                joined.Add(node);
                continue;
            }

            PageNode before = joined[^1];
            Release(before);
            Release(node);
            joined[^1] = node.IsLeaf ? new PageNode(before.Pages.AddRange(node.Pages)) : new PageNode(before.Below.AddRange(node.Below));
        }

        return joined;
    }

    private void Release(PageNode node)
    {
        if (node.Row is not null)
        {
            plan.Released.Add(node.Row);
        }
    }

    // New rows, those below first. The head holds a small table itself.
    private void Place(PageNode node, bool isRoot)
    {
        if (node.Row is not null)
        {
            return;
        }

        foreach (PageNode below in node.Below)
        {
            Place(below, isRoot: false);
        }

        bool isInline = isRoot && node.IsLeaf && node.Pages.Sum(page => page.Rows.Length) <= options.InlinePagesMax;
        if (!isInline)
        {
            node.Row = plan.Add(RowKind.PageNode, node.Write);
        }
    }

    private List<PageNode> Leaves(List<PageEntry> pages) => Cut(pages, part => new PageNode(part));

    private List<PageNode> Above(List<PageNode> nodes) => Cut(nodes, part => new PageNode(part));

    private List<PageNode> Cut<T>(List<T> items, Func<ImmutableArray<T>, PageNode> create)
    {
        int parts = (items.Count + options.NodeReferencesMax - 1) / options.NodeReferencesMax;
        var nodes = new List<PageNode>(parts);
        for (int i = 0; i < parts; i++)
        {
            int from = (int)((long)items.Count * i / parts);
            int to = (int)((long)items.Count * (i + 1) / parts);
            nodes.Add(create([.. items.GetRange(from, to - from)]));
        }

        return nodes;
    }

    private static List<PageEntry> Kept(ImmutableArray<PageEntry> changes) => [.. changes.Where(page => !page.Rows.IsEmpty)];
}
