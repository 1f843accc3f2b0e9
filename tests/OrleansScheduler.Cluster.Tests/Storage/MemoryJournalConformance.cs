using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Storage;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Tests.Storage;

public sealed class MemoryJournalConformance : JournalTests
{
    private readonly RowStore _rows = new();
    private int _activations;

    protected override Task<IJournalStorage> OpenAsync(string key) =>
        Task.FromResult<IJournalStorage>(new RowJournal("space", key, new GrainRows(_rows, "space", key, prefix: ""), new Random(++_activations)));
}
