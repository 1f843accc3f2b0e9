using System.Globalization;
using Orleans.Storage;
using OrleansScheduler.Cluster.Storage;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Grain storage in the memory of the test, which outlives clusters. It keeps what providers promise and no more: rows with ETags.</summary>
internal sealed class RowStore : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, GrainId Grain), (byte[]? Content, int Version)> _rows = [];

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_gate)
        {
            (byte[]? content, int version) = _rows.GetValueOrDefault((stateName, grainId));
            grainState.State = (T)(object)new StoredBytes { Content = content };
            grainState.RecordExists = content is not null;
            grainState.ETag = version > 0 ? Text(version) : null;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        Change(stateName, grainId, grainState, ((StoredBytes)(object)grainState.State!).Content);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        Change(stateName, grainId, grainState, null);
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private void Change<T>(string name, GrainId grain, IGrainState<T> state, byte[]? content)
    {
        lock (_gate)
        {
            int version = _rows.GetValueOrDefault((name, grain)).Version;
            string? present = version > 0 ? Text(version) : null;
            if (present != state.ETag)
            {
                throw new InconsistentStateException($"{name} of {grain} has another ETag.", present ?? "", state.ETag ?? "");
            }

            _rows[(name, grain)] = (content, version + 1);
            state.ETag = Text(version + 1);
            state.RecordExists = content is not null;
        }
    }
}
