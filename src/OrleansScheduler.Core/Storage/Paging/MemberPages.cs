using System.Buffers;

namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>A set of named members cut into pages whose number follows the content: what a change rewrites depends on the change.</summary>
/// <remarks>
/// A page that grew too long is split in two, two neighbours that shrank become one, and a member that is large by itself has
/// a page of its own. All of it is decided when pages are written, from the content alone: nothing depends on the process.
/// </remarks>
/// <param name="set">One character that begins the names of the pages.</param>
/// <param name="write">Writes a member; false when there is no such member any more.</param>
/// <param name="limits">Null for the default.</param>
internal sealed class MemberPages(string set, Func<string, IBufferWriter<byte>, bool> write, PageLimits? limits = null)
{
    private readonly PageLimits _limits = limits ?? PageLimits.Default;
    private readonly MemberTree _tree = new(set);
    private readonly Queue<MemberPage> _changed = new();
    private readonly ArrayBufferWriter<byte> _one = new();
    private readonly ArrayBufferWriter<byte> _page = new();

    /// <summary>About how many bytes the next writing takes: as long as the changed pages were the last time.</summary>
    public long ChangedBytes { get; private set; }

    /// <summary>Members that were added and not found gone since.</summary>
    public int Count => _tree.Count;

    /// <summary>Whether a page belongs to this set in this layout.</summary>
    public bool Owns(string page) => page.Length > 1 && page.StartsWith(set, StringComparison.Ordinal) && page[1] is ':' or '!';

    /// <summary>A member was added, changed or removed.</summary>
    public void Touch(string member) => NoteChange((_tree.Find(member) ?? _tree.Add(member)).Page);

    /// <summary>Begins a page that storage holds.</summary>
    /// <exception cref="InvalidDataException">There is no place for it.</exception>
    public MemberPage Open(string page, int bytes)
    {
        MemberPage opened = _tree.Open(page);
        (opened.Bytes, opened.IsStored) = (bytes, true);
        return opened;
    }

    /// <summary>Takes a member that was found on a page.</summary>
    /// <exception cref="InvalidDataException">It does not belong there, or was found on another one too.</exception>
    public void Read(MemberPage page, string member) => _tree.Add(member, page);

    /// <summary>Writes the pages that changed; null removes one.</summary>
    public void WriteChanged(Action<string, byte[]?> write)
    {
        for (ChangedBytes = 0; _changed.TryDequeue(out MemberPage? page);)
        {
            if (page is { IsInUse: true, IsChanged: true, Members: not null })
            {
                Write(page, write);
            }
        }

        ChangedBytes = 0;
    }

    private void NoteChange(MemberPage page)
    {
        if (!page.IsChanged)
        {
            page.IsChanged = true;
            ChangedBytes += page.Bytes;
            _changed.Enqueue(page);
        }
    }

    private void Write(MemberPage page, Action<string, byte[]?> write)
    {
        page.IsChanged = false;
        if (!Encode(page))
        {
            Split(page, write);
            return;
        }

        page.Bytes = _page.WrittenCount;
        if (page.Members!.Count == 0)
        {
            Drop(page, write);
            _tree.Remove(page);
        }
        else if (!Merge(page, write))
        {
            page.IsStored = true;
            write(page.Name, _page.WrittenSpan.ToArray());
        }
    }

    /// <summary>Writes the members of a page one after the other; false as soon as they are too many for one page.</summary>
    private bool Encode(MemberPage page)
    {
        bool isSingle = _tree.IsSingle(page);
        List<PageMember> members = page.Members!;
        int kept = 0;
        int next = 0;
        _page.ResetWrittenCount();
        bool fits = true;
        for (; next < members.Count && fits; next++)
        {
            PageMember member = members[next];
            if (Stays(page, member, isSingle))
            {
                members[kept++] = member;
                _page.Write(_one.WrittenSpan);
                fits = isSingle || kept == 1 || page.Depth == MemberPage.DepthMax || _page.WrittenCount <= _limits.PageBytesMax;
            }
        }

        members.RemoveRange(kept, next - kept);
        return fits;
    }

    private bool Stays(MemberPage page, PageMember member, bool isSingle)
    {
        _one.ResetWrittenCount();
        if (!write(member.Name, _one))
        {
            _tree.Remove(member);
            return false;
        }

        MemberPage home = isSingle
            ? _one.WrittenCount <= _limits.MemberBytesBack ? _tree.PageAt(member.Place) : page
            : _one.WrittenCount > _limits.MemberBytesMax ? _tree.Single(member) : page;
        if (ReferenceEquals(home, page))
        {
            return true;
        }

        // That page is written later in the same round.
        member.Page = home;
        home.Members!.Add(member);
        NoteChange(home);
        return false;
    }

    private void Split(MemberPage page, Action<string, byte[]?> write)
    {
        List<PageMember> members = page.Members!;
        Drop(page, write);
        foreach (PageMember member in members)
        {
            bool bit = MemberPage.BitOf(member.Place, page.Depth);
            MemberPage below = page.Below(bit) ?? page.Grow(bit);
            member.Page = below;
            below.Members!.Add(member);
            NoteChange(below);
        }
    }

    /// <summary>Joins a short page and its short neighbour into the page above them, which is written later in the same round.</summary>
    private bool Merge(MemberPage page, Action<string, byte[]?> write)
    {
        if (page.Above is not { } above || _tree.IsSingle(page))
        {
            return false;
        }

        MemberPage? neighbour = ReferenceEquals(above.Zero, page) ? above.One : above.Zero;
        bool isShort = neighbour is null or { Members: not null, IsChanged: false };
        if (!isShort || page.Bytes + (neighbour?.Bytes ?? 0) > _limits.MergedBytesMax)
        {
            return false;
        }

        List<PageMember> members = [.. page.Members!, .. neighbour?.Members ?? []];
        foreach (MemberPage joined in neighbour is null ? [page] : (MemberPage[])[page, neighbour])
        {
            Drop(joined, write);
            joined.IsInUse = false;
        }

        above.Collapse().AddRange(members);
        members.ForEach(member => member.Page = above);
        NoteChange(above);
        return true;
    }

    private static void Drop(MemberPage page, Action<string, byte[]?> write)
    {
        if (page.IsStored)
        {
            page.IsStored = false;
            write(page.Name, null);
        }
    }
}
