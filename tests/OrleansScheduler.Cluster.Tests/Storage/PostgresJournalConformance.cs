using Orleans.Storage;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Conformance.Storage;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Storage;

/// <summary>Activations of one actor in silos of their own, each with its own provider, on one database.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PostgresJournalConformance(PostgresServer server) : JournalTests
{
    private IGrainStorage[] _silos = [];
    private int _activations;

    protected override async Task<IJournalStorage> OpenAsync(string key)
    {
        if (_silos.Length == 0)
        {
            string connection = await server.NewDatabaseAsync();
            _silos = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PostgresStorage.OpenAsync(connection, "journals")));
        }

        int number = ++_activations;
        return new RowJournal("space", key, new GrainRows(_silos[number % 2], "space", key, prefix: ""), new Random(number));
    }
}
