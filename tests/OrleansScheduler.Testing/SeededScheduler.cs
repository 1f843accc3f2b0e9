using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;

namespace OrleansScheduler.Testing;

/// <summary>Runs everything of one engine, and the test that drives it, on one thread in an order that follows from a seed.</summary>
/// <remarks>It is a synchronization context as well: what the driver and outside work await comes back here, not to the pool.</remarks>
/// <param name="seed">Decides which of all that could run is next.</param>
/// <param name="keepsTrace">False to keep only the number and the hash of what ran, for long runs.</param>
public sealed class SeededScheduler(int seed, bool keepsTrace = true) : SynchronizationContext, ITurnScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly ImmutableArray<string>.Builder _trace = ImmutableArray.CreateBuilder<string>();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _stranger;

    /// <inheritdoc/>
    public bool AllowsInlineCalls => false;

    /// <inheritdoc/>
    public int TurnsPerSlot => 1;

    /// <summary>What ran so far: the actors by name, everything else as <c>outside</c>.</summary>
    public ImmutableArray<string> Trace => _trace.ToImmutable();

    /// <summary>How much ran so far.</summary>
    public long Turns { get; private set; }

    /// <summary>Differs as soon as anything ran in another order, or was noted differently.</summary>
    public ulong TraceHash { get; private set; } = 14695981039346656037UL;

    /// <summary>Lets a text count for <see cref="TraceHash"/>.</summary>
    public void Note(string text)
    {
        // FNV-1a over UTF-16 units, the same in every process.
        foreach (char unit in text)
        {
            TraceHash = (TraceHash ^ unit) * 1099511628211UL;
        }
    }

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem slot) => Add(slot);

    /// <inheritdoc/>
    public void ScheduleOutside(IThreadPoolWorkItem work) => Add(work);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => Add(new Continuation(d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs a driver, and whatever it sets in motion, until the driver is done.</summary>
    /// <param name="driver">Begins on this thread and stays there.</param>
    /// <param name="idle">Called when nothing can run; moves the clock, or returns false when that is a deadlock.</param>
    /// <exception cref="InvalidOperationException">The driver waits for something that will not come.</exception>
    public void Run(Func<Task> driver, Func<bool> idle)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = driver();
            while (!task.IsCompleted)
            {
                if (!RunNext() && !idle())
                {
                    throw new InvalidOperationException($"Seed {seed}: nothing can run, but the driver is not done.");
                }
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Runs one of those that can run; false when there is none. The caller's context is left as it is.</summary>
    /// <exception cref="InvalidOperationException">Something came from another thread.</exception>
    public bool RunNext()
    {
        if (_stranger is { } stranger)
        {
            throw new InvalidOperationException($"Seed {seed}: {stranger} came from another thread, so the run would not repeat.");
        }

        if (_ready.Count == 0)
        {
            return false;
        }

        var index = _random.Next(_ready.Count);
        var next = _ready[index];
        _ready.RemoveAt(index);
        string name = next is SynchronizationContext or ITracedWork ? next.ToString()! : "outside";
        Turns++;
        Note(name);
        if (keepsTrace)
        {
            _trace.Add(name);
        }

        next.Execute();
        return true;
    }

    private void Add(IThreadPoolWorkItem item)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // Thrown there it would end the whole process; the next turn here throws it.
            _stranger ??= item.ToString();
            return;
        }

        _ready.Add(item);
    }

    private sealed class Continuation(SendOrPostCallback callback, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => callback(state);
    }
}
