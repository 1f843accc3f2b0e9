using System.Text.Json;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Catalogs;

/// <summary>The members of an owner, by kind and name. Those that are gone stay as a number, so that a late message cannot revive them.</summary>
internal sealed class CatalogState : IJournaledState<CatalogMember>
{
    private const string Page = "members";

    private readonly SortedDictionary<string, CatalogMember>[] _members =
        [.. Enum.GetValues<MemberKind>().Select(_ => new SortedDictionary<string, CatalogMember>(StringComparer.Ordinal))];

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
        }
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        foreach (CatalogMember member in JsonSerializer.Deserialize<CatalogMember[]>(content.Span, ContractJson.Options)!)
        {
            Apply(member);
        }
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) => write(
        Page, JsonSerializer.SerializeToUtf8Bytes(_members.SelectMany(kind => kind.Values).ToArray(), ContractJson.Options));
}
