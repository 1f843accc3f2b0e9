using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>Which page each member lies on: a binary tree by the bits of a hash of the members' names.</summary>
/// <remarks>
/// The names of the pages tell the tree, so nothing else has to be stored: <c>d:</c> is the root of the set <c>d</c>, and
/// <c>d:01</c> holds the members whose places begin with these bits. Where there are no members there is no page.
/// </remarks>
internal sealed class MemberTree(string set)
{
    private readonly Dictionary<string, PageMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberPage> _single = new(StringComparer.Ordinal);
    private readonly string _singlePrefix = $"{set}!";

    /// <summary>Where all begins; without members when the set is empty.</summary>
    public MemberPage Root { get; private set; } = new($"{set}:", null, 0);

    public int Count => _members.Count;

    public PageMember? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>Adds a member to the page that it belongs to.</summary>
    public PageMember Add(string name)
    {
        uint place = PlaceOf(name);
        MemberPage page = PageAt(place);
        var member = new PageMember(name, place, page);
        _members.Add(name, member);
        page.Members!.Add(member);
        return member;
    }

    /// <summary>Adds a member to the stored page that it was found on.</summary>
    /// <exception cref="InvalidDataException">It does not belong there, or was found before.</exception>
    public void Add(string name, MemberPage page)
    {
        var member = new PageMember(name, PlaceOf(name), page);
        bool belongs = IsSingle(page) ? page == Single(member) : page.Members is not null && IsUnder(page, member.Place);
        if (!belongs || !_members.TryAdd(name, member))
        {
            throw new InvalidDataException($"'{name}' does not belong on page {page.Name}");
        }

        page.Members!.Add(member);
    }

    /// <summary>Forgets a member; its page has let go of it.</summary>
    public void Remove(PageMember member) => _members.Remove(member.Name);

    /// <summary>A page that storage holds.</summary>
    /// <exception cref="InvalidDataException">Its name is none of this set, or it overlaps another page.</exception>
    public MemberPage Open(string name)
    {
        if (name.StartsWith(_singlePrefix, StringComparison.Ordinal))
        {
            return SingleNamed(name);
        }

        MemberPage page = Root;
        for (int depth = 0; depth < name.Length - Root.Name.Length; depth++)
        {
            bool bit = name[Root.Name.Length + depth] == '1';
            page = page.Members is { Count: > 0 } || depth == MemberPage.DepthMax
                ? throw new InvalidDataException($"page {name} overlaps {page.Name}")
                : page.Below(bit) ?? page.Grow(bit);
        }

        return page.Name == name && page.Members is { Count: 0 } ? page : throw new InvalidDataException($"page {name} has no place");
    }

    /// <summary>The page in the tree that a place belongs to; a new one where there is none.</summary>
    public MemberPage PageAt(uint place)
    {
        MemberPage page = Root;
        while (page.Members is null)
        {
            bool bit = MemberPage.BitOf(place, page.Depth);
            page = page.Below(bit) ?? page.Grow(bit);
        }

        return page;
    }

    /// <summary>The page for a member that is too large for the tree. Members with the same place share one.</summary>
    public MemberPage Single(PageMember member) => SingleNamed($"{_singlePrefix}{member.Place:x8}");

    public bool IsSingle(MemberPage page) => page.Name.StartsWith(_singlePrefix, StringComparison.Ordinal);

    /// <summary>Takes a page without members out.</summary>
    public void Remove(MemberPage page)
    {
        page.IsInUse = false;
        if (IsSingle(page))
        {
            _single.Remove(page.Name);
            return;
        }

        // Inner nodes without anything below go too; the root stays, as an empty page.
        MemberPage? above = page.Above;
        above?.Cut(page);
        if (above is { Zero: null, One: null })
        {
            above.Collapse();
            Remove(above);
        }
        else if (above is null)
        {
            Root = new MemberPage(page.Name, null, 0);
        }
    }

    /// <summary>A number that depends on the name only. Mixed, because names that differ at their ends have hashes with equal beginnings.</summary>
    private static uint PlaceOf(string name)
    {
        uint place = NameHash.Of(name);
        place = (place ^ (place >> 16)) * 0x85ebca6b;
        place = (place ^ (place >> 13)) * 0xc2b2ae35;
        return place ^ (place >> 16);
    }

    private static bool IsUnder(MemberPage page, uint place)
    {
        for (int depth = 0; depth < page.Depth; depth++)
        {
            if (page.Name[^(page.Depth - depth)] == '1' != MemberPage.BitOf(place, depth))
            {
                return false;
            }
        }

        return true;
    }

    private MemberPage SingleNamed(string name)
    {
        if (!_single.TryGetValue(name, out MemberPage? page))
        {
            _single[name] = page = new MemberPage(name, null, 0);
        }

        return page;
    }
}
