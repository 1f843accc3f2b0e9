using Orleans.Storage;
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

    // How often none, one and both of two providers created a row that was new.
    private static async Task<int[]> RaceAsync(string connection)
    {
        IGrainStorage[] silos = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PostgresStorage.OpenAsync(connection, "race")));
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
