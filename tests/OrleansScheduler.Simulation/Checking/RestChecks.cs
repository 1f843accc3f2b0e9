using System.Collections.Immutable;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Definitions;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>What has to hold of schedules and everything beside them when all has come to rest. A further invariant of that kind is a method more.</summary>
internal sealed class RestChecks(World world)
{
    private IActorDirectory Directory => world.Process!.Directory;

    /// <summary>While schedules are still active: nobody has been forgotten by the clocks.</summary>
    public void CheckPunctual(DateTimeOffset now)
    {
        foreach ((string key, ScheduleAccount schedule) in world.Ledger.Schedules)
        {
            if (schedule.Unsettled(now - TimeSpan.FromSeconds(2)) is { Count: > 0 } due)
            {
                world.Fail("forgotten", $"{key} was due at {due[0]:O} and {due.Count} times in all up to {now:O}, and nothing has become of it.");
            }

            // A schedule that was over before the clock was set back stays over.
            if (schedule is { Definition.Trigger: StartTrigger, IsPaused: false, IsOver: false, SinceStart: { } since }
                && since != $"{world.Process!.Number}" && schedule.Definition.MaxFirings is null && !(schedule.Definition.EndAt <= now + world.SetBack))
            {
                world.Fail("forgotten", $"{key} knows the start {since} and not the present one, {world.Process.Number}.");
            }
        }
    }

    /// <summary>Nothing is open any more; the books, the product's answers, the history and the catalog agree.</summary>
    public async Task CheckSchedulesAsync()
    {
        foreach ((string key, ScheduleAccount schedule) in world.Ledger.Schedules)
        {
            if (schedule.Definition is not null)
            {
                schedule.Check(await Directory.Get<ISchedule>(key).GetAsync(CancellationToken.None));
            }
            else
            {
                await CheckGoneAsync(key);
            }
        }

        world.Ledger.History.CheckAtRest();
        await CheckCatalogAsync(MemberKind.Schedule, world.Ledger.Schedules.Where(pair => pair.Value.Definition is not null).Select(pair => pair.Key));
        await CheckCatalogAsync(MemberKind.Space, world.Ledger.Spaces.Where(pair => pair.Value.Exists).Select(pair => pair.Key));
    }

    /// <summary>Permissions and sets of definitions are what was stored.</summary>
    public async Task CheckDefinitionsAsync()
    {
        ImmutableArray<Permission> permissions = await Directory.Get<IPermissions>(IPermissions.Key).ListAsync(CancellationToken.None);
        if (!permissions.Select(one => PermissionAccount.NameOf(one.Kind, one.Value)).Order(StringComparer.Ordinal).SequenceEqual(world.Ledger.Permissions.Allowed))
        {
            world.Fail("permission", $"{string.Join(", ", permissions)} are allowed, but {string.Join(", ", world.Ledger.Permissions.Allowed)} were stored.");
        }

        foreach ((string key, DefinitionSetAccount set) in world.Ledger.DefinitionSets)
        {
            DefinitionManifest manifest = await Directory.Get<IDefinitionSet>(key).GetAsync(CancellationToken.None);
            if (manifest.Revision != set.Manifest.Revision || !manifest.Schedules.SetEquals(set.Manifest.Schedules))
            {
                world.Fail("revision", $"{key} stands at revision {manifest.Revision}, stored is {set.Manifest.Revision}.");
            }
        }
    }

    // What was deleted is not there, whoever asks.
    private async Task CheckGoneAsync(string key)
    {
        try
        {
            ScheduleDetail detail = await Directory.Get<ISchedule>(key).GetAsync(CancellationToken.None);
            world.Fail("shown", $"{key} was deleted, and is shown as {detail.State} in revision {detail.Revision}.");
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            // It is gone.
        }
    }

    private async Task CheckCatalogAsync(MemberKind kind, IEnumerable<string> keys)
    {
        CatalogPage page = await Directory.Get<ICatalog>("owner").ListAsync(kind, null, 100, CancellationToken.None);
        string listed = string.Join(' ', page.Names);
        string exist = string.Join(' ', keys.Select(key => key.Split('/')[1]));
        if (listed != exist)
        {
            world.Fail("catalog", $"It lists '{listed}', but there are '{exist}'.");
        }
    }
}
