using OrleansScheduler.Definitions;
using OrleansScheduler.Errors;
using OrleansScheduler.Permissions;
using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients do with permissions and with sets of definitions.</summary>
internal static class DefinitionRequests
{
    public static async Task AllowAsync(World world, Client client, string value)
    {
        await client.CallAsync(directory => directory.Get<IPermissions>(IPermissions.Key).AllowAsync(
            PermissionKind.Program, value, "", "client", CancellationToken.None));
        if (world.Ledger.Permissions.ChangesOf(PermissionKind.Program, value) == 0)
        {
            world.Fail("durable", $"{value} was allowed, and that is not stored.");
        }
    }

    public static async Task RevokeAsync(World world, Client client, string value)
    {
        PermissionAccount account = world.Ledger.Permissions;
        (long changes, bool allowed) = (account.ChangesOf(PermissionKind.Program, value), account.Has(PermissionKind.Program, value));
        await client.CallAsync(directory => directory.Get<IPermissions>(IPermissions.Key).RevokeAsync(PermissionKind.Program, value, "client", CancellationToken.None));
        if (allowed && account.ChangesOf(PermissionKind.Program, value) == changes && !world.IsOvertaken)
        {
            world.Fail("effect", $"{value} was revoked, and that is not stored.");
        }
    }

    /// <summary>Asks whether something is allowed. What did not change meanwhile is answered as it is.</summary>
    public static async Task AskAsync(World world, Client client, string value)
    {
        PermissionAccount account = world.Ledger.Permissions;
        (long changes, bool allowed) = (account.ChangesOf(PermissionKind.Program, value), account.Has(PermissionKind.Program, value));
        bool answer = await client.CallAsync(directory => directory.Get<IPermissions>(IPermissions.Key).IsAllowedAsync(
            PermissionKind.Program, value, CancellationToken.None));
        if (account.ChangesOf(PermissionKind.Program, value) == changes && answer != allowed && !world.IsOvertaken)
        {
            world.Fail("permission", $"It was answered that {value} is {(answer ? "" : "not ")}allowed, and it is {(allowed ? "" : "not ")}.");
        }
    }

    /// <summary>Adds a name to a set; when somebody else was faster, anew.</summary>
    public static async Task AddAsync(World world, Client client, string key, string name)
    {
        while (true)
        {
            DefinitionManifest known = await client.CallAsync(directory => directory.Get<IDefinitionSet>(key).GetAsync(CancellationToken.None));
            if (known.Revision > world.Ledger.DefinitionSet(key).Manifest.Revision)
            {
                world.Fail("durable", $"{key}: showed revision {known.Revision}, and {world.Ledger.DefinitionSet(key).Manifest.Revision} is stored.");
            }

            if (known.Schedules.Contains(name))
            {
                return;
            }

            try
            {
                DefinitionManifest saved = await client.CallAsync(directory => directory.Get<IDefinitionSet>(key).SaveAsync(
                    known with { Schedules = known.Schedules.Add(name) }, CancellationToken.None));
                if (saved.Revision != known.Revision + 1)
                {
                    world.Fail("revision", $"{key}: revision {known.Revision} was replaced by {saved.Revision}.");
                }
            }
            catch (SchedulerException fault) when (fault.Code == ErrorCodes.RevisionConflict)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), world.Time);
            }
        }
    }
}
