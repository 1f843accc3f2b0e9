namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>A member of a paged set and the page that it lies on.</summary>
internal sealed class PageMember(string name, uint place, MemberPage page)
{
    public string Name => name;

    /// <summary>Where it belongs, however the pages are cut: the page whose bits are the first ones of this.</summary>
    public uint Place => place;

    public MemberPage Page { get; set; } = page;
}
