using OrleansScheduler.Catalogs;
using OrleansScheduler.Governing;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Clients;

/// <summary>What clients ask of the governor and of catalogs.</summary>
internal static class OtherRequests
{
    public static async Task ConfigureAsync(World world, Client client, GovernorSettings settings) =>
        Check(world, await client.CallAsync(directory => directory.Get<IGovernor>(IGovernor.Key).ConfigureAsync(settings, CancellationToken.None)));

    public static async Task ObserveAsync(World world, Client client)
    {
        long granted = world.Ledger.Governor.Granted;
        GovernorSnapshot snapshot = await client.CallAsync(directory => directory.Get<IGovernor>(IGovernor.Key).GetAsync(CancellationToken.None));
        Check(world, snapshot);
        if (snapshot.Granted < granted && !world.IsOvertaken)
        {
            world.Fail("backwards", $"The governor shows {snapshot.Granted} grants, but {granted} were stored before.");
        }
    }

    public static Task ListAsync(Client client) =>
        client.CallAsync(directory => directory.Get<ICatalog>("owner").ListAsync(MemberKind.Schedule, null, 100, CancellationToken.None));

    private static void Check(World world, GovernorSnapshot snapshot)
    {
        if (snapshot.Granted > world.Ledger.Governor.Granted)
        {
            world.Fail("durable", $"The governor shows {snapshot.Granted} grants, and {world.Ledger.Governor.Granted} are stored.");
        }
    }
}
