using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Brings one kind of definitions to what the file wants: first a plan that writes nothing, then the changes.</summary>
/// <param name="kind">What it brings.</param>
internal abstract class DefinitionStep(DefinitionKind kind)
{
    private readonly List<DefinitionItem> _orphans = [];

    /// <summary>What the file names, in its order.</summary>
    public abstract IEnumerable<DefinitionItem> Items { get; }

    /// <summary>What the set created earlier, what the file no longer names, and what is still there.</summary>
    public IReadOnlyList<DefinitionItem> Orphans => _orphans;

    /// <summary>What the set created earlier, as its manifest names it.</summary>
    public ImmutableSortedSet<string> Remembered { get; protected set; } = [];

    /// <summary>Compares what is live with what the file wants.</summary>
    public async Task PlanAsync(ImmutableSortedSet<string> remembered, CancellationToken cancellation)
    {
        Remembered = remembered;
        await PlanItemsAsync(cancellation);
        foreach (string id in Remembered.Except(Items.Select(item => item.Id)))
        {
            if (await ExistsAsync(id, cancellation))
            {
                _orphans.Add(new DefinitionItem(kind, id, null) { Outcome = DefinitionOutcome.Orphaned });
            }
        }
    }

    /// <summary>Asks the server what it would refuse, without changing anything.</summary>
    public virtual Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Makes the changes of the plan. What the server refuses is noted, and the rest goes on.</summary>
    public abstract Task ApplyAsync(CancellationToken cancellation);

    /// <summary>Deletes the orphans.</summary>
    /// <param name="isDryRun">True to note what would become of them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual async Task PruneAsync(bool isDryRun, CancellationToken cancellation)
    {
        foreach (var orphan in Orphans)
        {
            if (isDryRun || await TryAsync(() => DeleteAsync(orphan.Id, cancellation), [orphan]))
            {
                orphan.Outcome = DefinitionOutcome.Deleted;
            }
        }
    }

    /// <summary>What the set is to remember while changes are under way: whatever it may have created.</summary>
    public ImmutableSortedSet<string> DuringChanges() => Remembered.Union(Items.Select(item => item.Id));

    /// <summary>What the set is to remember afterwards.</summary>
    public ImmutableSortedSet<string> AfterChanges() =>
    [
        .. Items.Where(item => !item.IsFailed || Remembered.Contains(item.Id)).Select(item => item.Id),
        .. Orphans.Where(IsKept).Select(orphan => orphan.Id),
    ];

    /// <summary>Whether an orphan is still the set's to delete.</summary>
    protected virtual bool IsKept(DefinitionItem orphan) => orphan.Outcome != DefinitionOutcome.Deleted;

    /// <summary>Reads what is live and notes in each item what has to be done.</summary>
    protected abstract Task PlanItemsAsync(CancellationToken cancellation);

    /// <summary>Whether something that the set created is still there.</summary>
    protected abstract Task<bool> ExistsAsync(string id, CancellationToken cancellation);

    /// <summary>Deletes an orphan; one that is gone by now is no failure.</summary>
    protected abstract Task DeleteAsync(string id, CancellationToken cancellation);

    /// <summary>True when the server did it; when it refuses, these items are failed.</summary>
    protected static async Task<bool> TryAsync(Func<Task> change, IReadOnlyList<DefinitionItem> items)
    {
        try
        {
            await change();
            return true;
        }
        catch (SchedulerException fault)
        {
            foreach (var item in items)
            {
                item.Fail(fault);
            }

            return false;
        }
    }

    /// <summary>Makes a change for several items at once, and when the server refuses it, for each of them alone.</summary>
    protected static async Task TryTogetherAsync<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Task> change, Func<T, DefinitionItem> itemOf)
    {
        if (items.Count == 0)
        {
            return;
        }

        try
        {
            await change(items);
        }
        catch (SchedulerException) when (items.Count > 1)
        {
            foreach (var item in items)
            {
                await TryAsync(() => change([item]), [itemOf(item)]);
            }
        }
        catch (SchedulerException fault)
        {
            itemOf(items[0]).Fail(fault);
        }
    }
}
