namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>A page with members, or an inner node of the tree of pages.</summary>
/// <param name="name">The name under which it is stored.</param>
/// <param name="above">The node above it; null for the root and for pages of single large members.</param>
/// <param name="depth">How many bits all members have in common; they are the last characters of the name.</param>
internal sealed class MemberPage(string name, MemberPage? above, int depth)
{
    public const int DepthMax = 32;

    public string Name => name;

    public MemberPage? Above => above;

    public int Depth => depth;

    /// <summary>Null for an inner node.</summary>
    public List<PageMember>? Members { get; private set; } = [];

    /// <summary>What lies below an inner node; null where there are no members.</summary>
    public MemberPage? Zero { get; private set; }

    /// <inheritdoc cref="Zero"/>
    public MemberPage? One { get; private set; }

    /// <summary>The length when it was last encoded or loaded.</summary>
    public int Bytes { get; set; }

    /// <summary>True when storage may hold it.</summary>
    public bool IsStored { get; set; }

    /// <summary>True when it has to be written.</summary>
    public bool IsChanged { get; set; }

    /// <summary>True while it belongs to the set; a page that was split, merged or emptied does not.</summary>
    public bool IsInUse { get; set; } = true;

    public static bool BitOf(uint place, int depth) => (place >> (DepthMax - 1 - depth) & 1) == 1;

    /// <summary>What lies below on the side of a place.</summary>
    public MemberPage? Below(bool bit) => bit ? One : Zero;

    /// <summary>A new page below, which makes this an inner node.</summary>
    public MemberPage Grow(bool bit)
    {
        Members = null;
        var page = new MemberPage(name + (bit ? '1' : '0'), this, depth + 1);
        Set(bit, page);
        return page;
    }

    /// <summary>Removes what lies below on one side.</summary>
    public void Cut(MemberPage page) => Set(ReferenceEquals(page, One), null);

    /// <summary>Makes this inner node a page again.</summary>
    public List<PageMember> Collapse()
    {
        (Zero, One) = (null, null);
        return Members = [];
    }

    private void Set(bool bit, MemberPage? page)
    {
        if (bit)
        {
            One = page;
        }
        else
        {
            Zero = page;
        }
    }
}
