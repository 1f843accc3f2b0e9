namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>How much a page of members holds. All but the tests use the default.</summary>
/// <param name="PageBytesMax">A page of more bytes is split, unless its only member is that large.</param>
internal sealed record PageLimits(int PageBytesMax)
{
    /// <summary>
    /// 64 KiB: small enough that one change costs little, large enough that a gigabyte is some 20,000 pages and a small state one.
    /// </summary>
    public static PageLimits Default { get; } = new(64 << 10);

    /// <summary>A larger member has a page of its own, so that its neighbours do not carry it along.</summary>
    public int MemberBytesMax => PageBytesMax / 2;

    /// <summary>A member that has a page of its own leaves it at this length. Less than <see cref="MemberBytesMax"/>, so that it does not go to and fro.</summary>
    public int MemberBytesBack => PageBytesMax / 4;

    /// <summary>Two neighbours become one page when they hold no more. Less than a page, so that the next change does not split it again.</summary>
    public int MergedBytesMax => PageBytesMax / 2;
}
