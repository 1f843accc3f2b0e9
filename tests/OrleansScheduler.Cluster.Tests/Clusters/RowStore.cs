using System.Globalization;
using Orleans.Storage;
using OrleansScheduler.Cluster.Storage;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Grain storage in the memory of the test, which outlives clusters. It keeps what providers promise and no more: rows with ETags.</summary>
internal sealed class RowStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, GrainId Grain), (byte[]? Content, int Version)> _rows = [];
    private readonly Dictionary<(string Name, string Key), bool> _failing = [];
    private int _opened;

    /// <summary>The next write of a row fails, once, before or after it landed.</summary>
    public void FailNext(string name, string key, bool lands)
    {
        lock (_gate)
        {
            _failing[(name, key)] = lands;
        }
    }

    public void FailNoMore()
    {
        lock (_gate)
        {
            _failing.Clear();
        }
    }

    /// <summary>The store as a provider; those opened before can do nothing any more, as after a crash of all of them.</summary>
    public IGrainStorage Open()
    {
        lock (_gate)
        {
            return new Provider(this, ++_opened);
        }
    }

    private sealed class Provider(RowStore store, int number) : IGrainStorage
    {
        public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await Task.Yield();
            lock (store._gate)
            {
                CheckOpen();
                (byte[]? content, int version) = store._rows.GetValueOrDefault((stateName, grainId));
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
            lock (store._gate)
            {
                CheckOpen();
                bool fails = store._failing.Remove((name, grain.Key.ToString()!), out bool lands);
                if (fails && !lands)
                {
                    throw new IOException("Told to fail.");
                }

                int version = store._rows.GetValueOrDefault((name, grain)).Version;
                string? present = version > 0 ? Text(version) : null;
                if (present != state.ETag)
                {
                    throw new InconsistentStateException($"{name} of {grain} has another ETag.", present ?? "", state.ETag ?? "");
                }

                store._rows[(name, grain)] = (content, version + 1);
                if (fails)
                {
                    throw new IOException("Told to fail after the fact.");
                }

                state.ETag = Text(version + 1);
                state.RecordExists = content is not null;
            }
        }

        private void CheckOpen()
        {
            if (number != store._opened)
            {
                throw new IOException("The process of this provider has crashed.");
            }
        }
    }
}
