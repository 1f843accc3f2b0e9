using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

[Collection(PostgresGroup.Name)]
public sealed class CreationRaceTests(PostgresServer server, ITestOutputHelper output)
{
    private const int Races = 1000;

    [Fact]
    public async Task Of_two_silos_that_create_one_row_exactly_one_does()
    {
        int[] winners = await RaceAsync(await server.NewDatabaseAsync());

        Assert.Equal([0, Races, 0], winners);
    }

    [Fact]
    public async Task Without_the_index_that_fences_writers_both_may()
    {
        string connection = await server.NewDatabaseAsync();
        await PostgresServer.ExecuteAsync(connection, "DROP INDEX scheduler_row_key");

        int[] winners = await RaceAsync(connection);

        output.WriteLine($"both created the row in {winners[2]} of {Races} races");
        Assert.NotEqual(0, winners[2]);
    }

    // How often none, one and both of two silos created a row that was new.
    private static async Task<int[]> RaceAsync(string connection)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => silo.AddAdoNetGrainStorage("scheduler", options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connection;
            options.GrainStorageSerializer = new StoredBytesSerializer();
        }));
        await using InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        IGrainStorage[] silos = [.. cluster.GetActiveSilos().Select(silo =>
            cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredKeyedService<IGrainStorage>("scheduler"))];
        int[] winners = new int[3];
        for (int race = 0; race < Races; race++)
        {
            string key = $"race{race}";
            bool[] won = await Task.WhenAll(silos.Select((storage, silo) => Task.Run(() => TryCreateAsync(storage, key, silo))));
            winners[won.Count(one => one)]++;
        }

        return winners;
    }

    private static async Task<bool> TryCreateAsync(IGrainStorage storage, string key, int silo)
    {
        try
        {
            var rows = new GrainRows(storage, "space", key, prefix: "space.");
            await ((IStateStorage)rows).WriteAsync("journal", new[] { (byte)silo }, null, CancellationToken.None);
            return true;
        }
        catch (StorageException lost) when (lost.Code == ErrorCodes.JournalConflict)
        {
            return false;
        }
    }
}
