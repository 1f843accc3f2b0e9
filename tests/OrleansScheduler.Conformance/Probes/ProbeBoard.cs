using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OrleansScheduler.Conformance.Probes;

/// <summary>Named marks, by which probes and a test tell each other how far they are. A gate is a mark that somebody awaits.</summary>
/// <remarks>It lives outside of the engine, in the process of the test.</remarks>
public sealed class ProbeBoard
{
    private readonly Lock _gate = new();
    private readonly List<string> _marks = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<(string Mark, int Times, TaskCompletionSource Reached)> _waits = [];
    private readonly ConcurrentDictionary<string, ProbePlan> _plans = new();
    private readonly ConcurrentDictionary<string, int> _lives = new();
    private string? _givenUp;

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
    public int Count(string mark)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(mark);
        }
    }

    /// <summary>Makes a mark and lets those go on who wait for it.</summary>
    public void Mark(string mark)
    {
        lock (_gate)
        {
            _marks.Add(mark);
            var times = _counts.GetValueOrDefault(mark) + 1;
            _counts[mark] = times;
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
            if (_counts.GetValueOrDefault(mark) >= times)
            {
                return Task.CompletedTask;
            }

            if (_givenUp is not null)
            {
                return Task.FromException(Missing(mark, times));
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((mark, times, reached));
            return reached.Task;
        }
    }

    /// <summary>Whoever waits for a mark, now or later, waits no longer and fails: the time of the test is over.</summary>
    /// <param name="reason">Why.</param>
    public void GiveUp(string reason)
    {
        lock (_gate)
        {
            _givenUp = reason;
            foreach (var (mark, times, reached) in _waits)
            {
                reached.SetException(Missing(mark, times));
            }

            _waits.Clear();
        }
    }

    /// <summary>What a probe of that key shall do.</summary>
    public ProbePlan PlanFor(string key) => _plans.GetOrAdd(key, static _ => new ProbePlan());

    private TimeoutException Missing(string mark, int times) => new(
        $"{_givenUp} Nobody made the mark '{mark}' {times} times. The last marks: {string.Join(", ", _marks.TakeLast(30))}.");

    /// <summary>Counts a new activation of a probe; the first is 1.</summary>
    internal int BeginLife(string key) => _lives.AddOrUpdate(key, 1, static (_, lives) => lives + 1);
}
