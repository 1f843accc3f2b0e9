using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OrleansScheduler.Conformance.Probes;

/// <summary>Named marks, by which probes and a test tell each other how far they are. A gate is a mark that somebody awaits.</summary>
/// <remarks>It lives outside of the engine, in the process of the test.</remarks>
public sealed class ProbeBoard
{
    private readonly Lock _gate = new();
    private readonly List<string> _marks = [];
    private readonly List<(string Mark, int Times, TaskCompletionSource Reached)> _waits = [];
    private readonly ConcurrentDictionary<string, ProbePlan> _plans = new();
    private readonly ConcurrentDictionary<string, int> _lives = new();

    /// <summary>All marks, in order.</summary>
    public ImmutableArray<string> Marks
    {
        get
        {
            lock (_gate)
            {
                return [.. _marks];
            }
        }
    }

    /// <summary>How often a mark was made.</summary>
    public int Count(string mark) => Marks.Count(one => one == mark);

    /// <summary>Makes a mark and lets those go on who wait for it.</summary>
    public void Mark(string mark)
    {
        lock (_gate)
        {
            _marks.Add(mark);
            var times = _marks.Count(one => one == mark);
            foreach (var wait in _waits.FindAll(wait => wait.Mark == mark && wait.Times <= times))
            {
                _waits.Remove(wait);
                wait.Reached.SetResult();
            }
        }
    }

    /// <summary>Completes when the mark has been made so many times, at once if it has.</summary>
    public Task MarkedAsync(string mark, int times = 1)
    {
        lock (_gate)
        {
            if (_marks.Count(one => one == mark) >= times)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((mark, times, reached));
            return reached.Task;
        }
    }

    /// <summary>What a probe of that key shall do.</summary>
    public ProbePlan PlanFor(string key) => _plans.GetOrAdd(key, static _ => new ProbePlan());

    /// <summary>Counts a new activation of a probe; the first is 1.</summary>
    internal int BeginLife(string key) => _lives.AddOrUpdate(key, 1, static (_, lives) => lives + 1);
}
