using Orleans.Hosting;
using OrleansScheduler.Cluster.Tests.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Reminders;

/// <summary>Wake-ups through the reminder service of Orleans, with its table in PostgreSQL, where they outlive silos.</summary>
[Collection(PostgresGroup.Name)]
public sealed class StoredReminderTests(PostgresServer server)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task When_the_silo_of_an_actor_stops_another_one_wakes_it()
    {
        await using ReminderCluster cluster = await CreateAsync();
        await cluster.StartAsync();
        await cluster.Probe("a").WakeAtAsync(cluster.Now + Soon);

        await cluster.StopSiloOfAsync("a");
        await cluster.Board.MarkedAsync("loading:a", 2);
        await cluster.Board.MarkedAsync("awake:a");

        Assert.Equal(2, await cluster.Probe("a").LifeAsync());
    }

    // One that fell into the time when no silo ran comes within a minute of the start.
    [Fact]
    public async Task When_all_silos_stopped_the_next_ones_wake_the_actor()
    {
        await using ReminderCluster cluster = await CreateAsync();
        await cluster.StartAsync();
        await cluster.Probe("a").WakeAtAsync(cluster.Now + Soon);
        await cluster.EndAsync();

        await cluster.StartAsync();
        await cluster.Board.MarkedAsync("loading:a", 2);
        await cluster.Board.MarkedAsync("awake:a");

        Assert.Equal(2, await cluster.Probe("a").LifeAsync());
    }

    private async Task<ReminderCluster> CreateAsync()
    {
        string connection = await server.NewDatabaseAsync();
        return new ReminderCluster(silo => silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connection;
        }));
    }
}
