using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>The rows of one actor, as one process reaches them.</summary>
internal sealed class RowStates(SimulatedProcess process, RowTable table, string kind, string key) : IStateStorage
{
    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => table.ReadAsync(kind, key, name);

    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation) =>
        table.WriteAsync(process, kind, key, name, content, expectedETag);

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => throw new NotSupportedException("Rows are never cleared.");
}
