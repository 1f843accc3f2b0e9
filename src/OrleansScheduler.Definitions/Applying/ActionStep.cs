using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Registers actions.</summary>
/// <remarks>
/// The space makes the id of an action when it registers it. Until then the manifest knows it by its name alone, which has no
/// tilde; after a crash in between, the next plan takes the actions of that name which it does not know for those.
/// </remarks>
internal sealed class ActionStep(DefinitionFile file, IActorDirectory directory) : DefinitionStep(DefinitionKind.Action)
{
    private const int PageMax = 1_000;

    private readonly ImmutableArray<Wanted> _wanted = [.. file.Actions.Select(action => new Wanted(action))];
    private readonly Dictionary<string, HashSet<string>> _live = new(StringComparer.Ordinal);

    public override IEnumerable<DefinitionItem> Items => _wanted.Select(wanted => wanted.Item);

    /// <remarks>What is unchanged is registered too: only that shows the space new code of a handler. It writes nothing for the rest.</remarks>
    public override async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var actions in _wanted.GroupBy(wanted => wanted.Action.Space))
        {
            await TryTogetherAsync([.. actions], some => RegisterAsync(actions.Key, some, cancellation), wanted => wanted.Item);
        }
    }

    protected override async Task PlanItemsAsync(CancellationToken cancellation)
    {
        foreach (var actions in _wanted.GroupBy(wanted => wanted.Action.Space))
        {
            var known = await NamesOfAsync(actions.Key.Name, cancellation);
            var byName = known.ToLookup(id => ActionId.Parse(id).Name, StringComparer.Ordinal);
            foreach (var wanted in actions)
            {
                await CompareAsync(wanted, byName[wanted.Action.Definition.Name], cancellation);
            }
        }

        foreach (string unnumbered in Remembered.Where(name => !name.Contains('~')))
        {
            await ResolveAsync(unnumbered, cancellation);
        }
    }

    protected override async Task<bool> ExistsAsync(string id, CancellationToken cancellation)
    {
        int slash = id.IndexOf('/');
        return (await NamesOfAsync(id[..slash], cancellation)).Contains(id[(slash + 1)..]);
    }

    protected override async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        int slash = id.IndexOf('/');
        try
        {
            await Space(id[..slash]).UnregisterAsync(ActionId.Parse(id[(slash + 1)..]), cancellation);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            // Somebody was faster.
        }
    }

    private ISpace Space(string name) => directory.Get<ISpace>(SpaceId.Of(file.Owner, name).ToString());

    private async Task<HashSet<string>> NamesOfAsync(string space, CancellationToken cancellation)
    {
        if (_live.TryGetValue(space, out var known))
        {
            return known;
        }

        known = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var page = await Space(space).ListActionsAsync(after, PageMax, cancellation);
            known.UnionWith(page.Actions.Select(action => action.Action.ToString()));
            after = page.Next;
        }
        while (after is not null);

        return _live[space] = known;
    }

    private async Task CompareAsync(Wanted wanted, IEnumerable<string> ids, CancellationToken cancellation)
    {
        string binding = ActionBinding.Of(wanted.Action.Space, wanted.Action.Definition);
        foreach (string id in ids)
        {
            var live = (await Space(wanted.Action.Space.Name).GetActionAsync(id, cancellation)).Definition;
            if (ActionBinding.Of(wanted.Action.Space, live) == binding)
            {
                wanted.Item.Id = $"{wanted.Action.Space.Name}/{id}";
                wanted.Item.Differences = Differences.Of(live, wanted.Action.Definition);
                wanted.Item.Outcome = wanted.Item.Differences.IsEmpty ? DefinitionOutcome.Unchanged : DefinitionOutcome.Updated;
                return;
            }
        }

        wanted.Item.Outcome = DefinitionOutcome.Created;
    }

    private async Task ResolveAsync(string unnumbered, CancellationToken cancellation)
    {
        int slash = unnumbered.IndexOf('/');
        var ids = (await NamesOfAsync(unnumbered[..slash], cancellation)).Where(id => ActionId.Parse(id).Name == unnumbered[(slash + 1)..]);
        Remembered = Remembered.Remove(unnumbered).Union(ids.Select(id => $"{unnumbered[..slash]}/{id}"));
    }

    private async Task RegisterAsync(SpaceId space, IReadOnlyList<Wanted> some, CancellationToken cancellation)
    {
        var registered = await Space(space.Name).RegisterAsync([.. some.Select(wanted => wanted.Action.Definition)], cancellation);
        foreach (var (wanted, answer) in some.Zip(registered))
        {
            wanted.Item.Id = $"{space.Name}/{answer.Action}";
            wanted.Item.Outcome = answer.Outcome switch
            {
                Registration.Created => DefinitionOutcome.Created,
                Registration.Changed => DefinitionOutcome.Updated,
                _ => DefinitionOutcome.Unchanged,
            };
            wanted.Item.Differences = wanted.Item.Outcome switch
            {
                DefinitionOutcome.Updated when wanted.Item.Differences.IsEmpty => ["handler: its code changed"],
                DefinitionOutcome.Updated => wanted.Item.Differences,
                _ => [],
            };
        }
    }

    private sealed record Wanted(DefinedAction Action)
    {
        public DefinitionItem Item { get; } = new(DefinitionKind.Action, $"{Action.Space.Name}/{Action.Definition.Name}", Action.Place);
    }
}
