using OrleansScheduler.Core.Tests.Fakes;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Runs several workers on the same rows in every order in which their calls to storage can follow each other.</summary>
/// <remarks>Calls to different rows, and reads, have the same effect in either order: of two such neighbours one order is enough.</remarks>
internal sealed class Interleavings
{
    private readonly List<int> _choices = [];
    private readonly List<int> _widths = [];

    public int Runs { get; private set; }

    /// <summary>Runs all orders; <paramref name="workers"/> starts afresh for each, and <paramref name="check"/> looks at the end.</summary>
    public void Explore(Func<(FaultyRows Rows, Func<FaultyRows, Task>[] Workers)> create, Action<FaultyRows> check)
    {
        do
        {
            var (rows, workers) = create();
            if (Run(rows, workers))
            {
                Runs++;
                check(rows);
            }
        }
        while (Next());
    }

    private bool Run(FaultyRows rows, Func<FaultyRows, Task>[] workers)
    {
        var waiting = workers.Select(_ => new Queue<(TaskCompletionSource Turn, string Row, bool IsWrite, int Since)>()).ToArray();
        int current = 0;
        var turns = new Turns();
        int step = -1;
        rows.Gate = (row, isWrite) =>
        {
            var turn = new TaskCompletionSource();
            waiting[current].Enqueue((turn, row, isWrite, step));
            return turn.Task;
        };
        var running = new Task[workers.Length];
        for (current = 0; current < workers.Length; current++)
        {
            running[current] = turns.Run(() => workers[current](rows));
        }

        (int Worker, string Row, bool IsWrite) last = (-1, "", false);
        for (step = 0; ; step++)
        {
            int[] able = [.. Enumerable.Range(0, workers.Length).Where(worker => waiting[worker].TryPeek(out var call)
                && !(worker < last.Worker && call.Since < step - 1 && (call.Row != last.Row || !(call.IsWrite || last.IsWrite))))];
            if (able.Length == 0)
            {
                break;
            }

            if (step == _choices.Count)
            {
                _choices.Add(0);
                _widths.Add(able.Length);
            }

            // Whatever follows from this call, up to the worker's next ones, happens within it.
            current = able[_choices[step]];
            var (turn, row, isWrite, _) = waiting[current].Dequeue();
            last = (current, row, isWrite);
            turns.Run(turn.SetResult);
        }

        // What was left waiting belongs to an order that is equal to another one.
        bool isWhole = waiting.All(calls => calls.Count == 0);
        rows.Gate = null;
        foreach (Task worker in running)
        {
            if (isWhole && !worker.IsCompleted)
            {
                throw new InvalidOperationException("A worker waits for something else than storage.");
            }

            if (worker.IsFaulted)
            {
                worker.GetAwaiter().GetResult();
            }
        }

        return isWhole;
    }

    private bool Next()
    {
        while (_choices.Count > 0)
        {
            if (_choices[^1] + 1 < _widths[^1])
            {
                _choices[^1]++;
                return true;
            }

            _choices.RemoveAt(_choices.Count - 1);
            _widths.RemoveAt(_widths.Count - 1);
        }

        return false;
    }
}
