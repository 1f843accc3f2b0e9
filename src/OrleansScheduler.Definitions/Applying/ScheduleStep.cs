using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>Creates and updates schedules. Whether one is active, paused or completed stays as it is, unless its definition changes.</summary>
internal sealed class ScheduleStep(DefinitionFile file, IActorDirectory directory, string who) : DefinitionStep(DefinitionKind.Schedule)
{
    private readonly ImmutableArray<Wanted> _wanted = [.. file.Schedules.Select(schedule => new Wanted(schedule))];

    public override IEnumerable<DefinitionItem> Items => _wanted.Select(wanted => wanted.Item);

    public override async Task ApplyAsync(CancellationToken cancellation)
    {
        foreach (var wanted in _wanted.Where(wanted => wanted.Item.IsPending))
        {
            await TryAsync(() => ChangeAsync(wanted, cancellation), [wanted.Item]);
        }
    }

    public override async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var wanted in _wanted.Where(wanted => wanted.Item.IsPending))
        {
            await TryAsync(() => Actor(wanted.Schedule.Schedule).CheckAsync(wanted.Schedule.Definition, cancellation), [wanted.Item]);
        }
    }

    protected override async Task PlanItemsAsync(CancellationToken cancellation)
    {
        foreach (var wanted in _wanted)
        {
            wanted.Live = await FindAsync(wanted.Schedule.Schedule, cancellation);
            wanted.Item.Differences = wanted.Live is { } live ? Differences.Of(live.Definition, wanted.Schedule.Definition) : [];
            wanted.Item.Outcome = wanted.Live is null ? DefinitionOutcome.Created
                : wanted.Item.Differences.IsEmpty ? DefinitionOutcome.Unchanged
                : DefinitionOutcome.Updated;
        }
    }

    protected override async Task<bool> ExistsAsync(string id, CancellationToken cancellation) =>
        await FindAsync(ScheduleId.Of(file.Owner, id), cancellation) is not null;

    protected override Task DeleteAsync(string id, CancellationToken cancellation) =>
        Actor(ScheduleId.Of(file.Owner, id)).DeleteAsync(who, cancellation);

    private ISchedule Actor(ScheduleId id) => directory.Get<ISchedule>(id.ToString());

    private async Task<ScheduleDetail?> FindAsync(ScheduleId id, CancellationToken cancellation)
    {
        try
        {
            return await Actor(id).GetAsync(cancellation);
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }

    private async Task ChangeAsync(Wanted wanted, CancellationToken cancellation)
    {
        var actor = Actor(wanted.Schedule.Schedule);
        if (wanted.Live is not { } live)
        {
            await actor.CreateAsync(wanted.Schedule.Definition, cancellation);
            return;
        }

        var changed = await actor.UpdateAsync(wanted.Schedule.Definition, live.Revision, who, cancellation);
        if (changed.Revision == live.Revision)
        {
            (wanted.Item.Outcome, wanted.Item.Differences) = (DefinitionOutcome.Unchanged, []);
        }
    }

    private sealed class Wanted(DefinedSchedule schedule)
    {
        public DefinedSchedule Schedule => schedule;

        public DefinitionItem Item { get; } = new(DefinitionKind.Schedule, schedule.Schedule.Name, schedule.Place);

        /// <summary>What there is; null when there is none.</summary>
        public ScheduleDetail? Live { get; set; }
    }
}
