using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>Who has run how often.</summary>
internal sealed class FiringBoard(int count)
{
    public const int Callers = 64;

    private readonly int[] _runs = new int[count];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private int _ends;

    /// <summary>Completes when as many have ended as there are.</summary>
    public Task Ended => _ended.Task;

    /// <summary>A job runs.</summary>
    public void Run(int job)
    {
        Interlocked.Increment(ref _runs[job]);
        Interlocked.Increment(ref _started);
    }

    /// <summary>The scheduler is done with one.</summary>
    public void End()
    {
        if (Interlocked.Increment(ref _ends) == _runs.Length)
        {
            _ended.TrySetResult();
        }
    }

    /// <exception cref="WrongResultException">Some have not run, or more than once.</exception>
    public void Verify()
    {
        var wrong = _runs.Count(runs => runs != 1);
        WrongResultException.Unless(wrong == 0, $"{wrong} of {_runs.Length} one-shot schedules did not run exactly once; {_started} runs");
    }

    /// <summary>Lets 64 callers do something for every job.</summary>
    public Task ForAllAsync(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
    {
        await Task.Yield();
        for (var job = caller; job < _runs.Length; job += Callers)
        {
            await act(job);
        }
    }));
}
