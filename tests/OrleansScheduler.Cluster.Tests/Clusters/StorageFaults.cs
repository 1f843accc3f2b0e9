using Orleans.Storage;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>What stands between silos and their rows, whatever keeps those: writes that fail as told, and silos that have crashed.</summary>
internal sealed class StorageFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string Key), bool> _failing = [];
    private TaskCompletionSource? _arrived;
    private int _underWay;
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

    /// <summary>The rows for silos that start now.</summary>
    public IGrainStorage Open(IGrainStorage rows)
    {
        lock (_gate)
        {
            return new Faulty(this, rows, ++_opened);
        }
    }

    /// <summary>All that was opened can do nothing any more, as after a crash of the silos. What is on its way may still arrive; then the
    /// task completes.</summary>
    public Task CrashAsync()
    {
        lock (_gate)
        {
            _opened++;
            return _underWay == 0 ? Task.CompletedTask : (_arrived ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task PassAsync(int number, (string Name, string Key)? written, Func<Task> call)
    {
        bool fails = Enter(number, written);
        try
        {
            await call();
        }
        finally
        {
            Leave(number);
        }

        if (fails)
        {
            throw new IOException("Told to fail after the fact.");
        }
    }

    /// <returns>Whether the call fails after the fact.</returns>
    private bool Enter(int number, (string Name, string Key)? written)
    {
        lock (_gate)
        {
            CheckOpen(number);
            bool lands = false;
            bool fails = written is { } row && _failing.Remove(row, out lands);
            if (fails && !lands)
            {
                throw new IOException("Told to fail.");
            }

            _underWay++;
            return fails;
        }
    }

    private void Leave(int number)
    {
        lock (_gate)
        {
            if (--_underWay == 0)
            {
                _arrived?.SetResult();
                _arrived = null;
            }

            CheckOpen(number);
        }
    }

    private void CheckOpen(int number)
    {
        if (number != _opened)
        {
            throw new IOException("The process of this provider has crashed.");
        }
    }

    private sealed class Faulty(StorageFaults faults, IGrainStorage rows, int number) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.PassAsync(number, null, () => rows.ReadStateAsync(stateName, grainId, grainState));

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.PassAsync(number, Row(stateName, grainId), () => rows.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            faults.PassAsync(number, Row(stateName, grainId), () => rows.ClearStateAsync(stateName, grainId, grainState));

        private static (string Name, string Key) Row(string name, GrainId grain) => (name, grain.Key.ToString()!);
    }
}
