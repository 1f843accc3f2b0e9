using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Brings the caps of groups to the governor. Its cap in all, and groups that no file names, stay as they are.</summary>
internal sealed class GroupStep(ImmutableArray<DefinedGroup> groups, IGovernor governor) : DefinitionStep(DefinitionKind.Group)
{
    private readonly ImmutableArray<(DefinedGroup Group, DefinitionItem Item)> _items =
        [.. groups.Select(group => (group, new DefinitionItem(DefinitionKind.Group, group.Name, group.Place)))];

    private ImmutableSortedDictionary<string, int> _live = ImmutableSortedDictionary<string, int>.Empty;

    public override IEnumerable<DefinitionItem> Items => _items.Select(pair => pair.Item);

    public override Task ApplyAsync(CancellationToken cancellation) => TryTogetherAsync(
        [.. _items.Where(pair => pair.Item.IsPending)],
        pairs => ChangeAsync(caps => caps.SetItems(pairs.Select(pair => KeyValuePair.Create(pair.Group.Name, pair.Group.Cap))), cancellation),
        pair => pair.Item);

    protected override async Task PlanItemsAsync(CancellationToken cancellation)
    {
        if (_items.IsEmpty && Remembered.IsEmpty)
        {
            return;
        }

        _live = (await governor.GetAsync(cancellation)).Settings.Groups;
        foreach (var (group, item) in _items)
        {
            bool exists = _live.TryGetValue(group.Name, out int cap);
            item.Outcome = !exists ? DefinitionOutcome.Created : cap != group.Cap ? DefinitionOutcome.Updated : DefinitionOutcome.Unchanged;
            item.Differences = item.Outcome == DefinitionOutcome.Updated
                ? [string.Create(CultureInfo.InvariantCulture, $"cap: {cap} -> {group.Cap}")]
                : [];
        }
    }

    protected override Task<bool> ExistsAsync(string id, CancellationToken cancellation) => Task.FromResult(_live.ContainsKey(id));

    protected override Task DeleteAsync(string id, CancellationToken cancellation) => ChangeAsync(caps => caps.Remove(id), cancellation);

    // The settings have no revision, so they are read anew right before they are replaced.
    private async Task ChangeAsync(
        Func<ImmutableSortedDictionary<string, int>, ImmutableSortedDictionary<string, int>> change, CancellationToken cancellation)
    {
        var settings = (await governor.GetAsync(cancellation)).Settings;
        await governor.ConfigureAsync(settings with { Groups = change(settings.Groups) }, cancellation);
    }
}
