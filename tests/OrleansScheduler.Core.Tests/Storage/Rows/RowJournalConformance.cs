using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

public sealed class RowJournalConformance : Conformance.Storage.JournalTests
{
    private readonly Dictionary<string, SharedRows> _actors = [];
    private int _activations;

    protected override Task<IJournalStorage> OpenAsync(string key)
    {
        SharedRows rows = _actors.TryGetValue(key, out SharedRows? known) ? known : _actors[key] = new SharedRows();
        return Task.FromResult<IJournalStorage>(new RowJournal("space", key, rows, new Random(++_activations)));
    }
}
