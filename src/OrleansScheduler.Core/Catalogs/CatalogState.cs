using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Paging;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Catalogs;

/// <summary>The members of an owner, by kind and name. Those that are gone stay as a number, so that a late message cannot revive them.</summary>
internal sealed class CatalogState : IJournaledState<CatalogMember>
{
    // The one page of the first layout, until it was replaced.
    private const string FirstLayout = "members";

    private readonly MemberPages _pages;
    private readonly SortedDictionary<string, CatalogMember>[] _members =
        [.. Enum.GetValues<MemberKind>().Select(_ => new SortedDictionary<string, CatalogMember>(StringComparer.Ordinal))];

    private bool _isFirstLayout;

    public CatalogState() => _pages = new MemberPages("m", Write);

    /// <inheritdoc/>
    public long? ChangedBytes => _pages.ChangedBytes;

    public bool IsNews(CatalogMember member) =>
        !_members[(int)member.Kind].TryGetValue(member.Name, out CatalogMember? known) || member.Number > known.Number;

    public CatalogPage List(MemberKind kind, string? after, int limit)
    {
        List<string> names =
        [
            .. _members[(int)kind].Values
                .Where(member => member.Exists && (after is null || string.CompareOrdinal(member.Name, after) > 0))
                .Take(limit + 1)
                .Select(member => member.Name),
        ];
        bool more = names.Count > limit;
        return new CatalogPage([.. names.Take(limit)], more ? names[limit - 1] : null);
    }

    /// <inheritdoc/>
    public void Apply(CatalogMember entry)
    {
        if (IsNews(entry))
        {
            _members[(int)entry.Kind][entry.Name] = entry;
            _pages.Touch(NameOf(entry));
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        if (name == FirstLayout)
        {
            _isFirstLayout = true;
            foreach (CatalogMember member in JsonSerializer.Deserialize<CatalogMember[]>(content.Span, ContractJson.Options)!)
            {
                Apply(member);
            }

            return;
        }

        MemberPage page = _pages.Open(name, content.Length);
        foreach (CatalogMember member in JsonMembers.Read<CatalogMember>(content.Span))
        {
            _members[(int)member.Kind].Add(member.Name, member);
            _pages.Read(page, NameOf(member));
        }
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write)
    {
        if (_isFirstLayout)
        {
            _isFirstLayout = false;
            write(FirstLayout, null);
        }

        _pages.WriteChanged(write);
    }

    // The kind is one digit, so that the name can be taken apart again.
    private static string NameOf(CatalogMember member) => string.Create(CultureInfo.InvariantCulture, $"{(int)member.Kind}{member.Name}");

    private bool Write(string name, IBufferWriter<byte> output)
    {
        JsonMembers.Write(_members[name[0] - '0'][name[1..]], output);
        return true;
    }
}
