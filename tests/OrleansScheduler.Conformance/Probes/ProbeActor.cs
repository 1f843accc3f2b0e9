using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Conformance.Probes;

/// <summary>The probe, free of any engine.</summary>
public class ProbeActor(IActorContext context, ProbeBoard board) : IActor, IProbe
{
    [ThreadStatic]
    private static int _nested;

    private readonly TurnGuard _guard = new();
    private readonly TaskCompletionSource _held = new();
    private readonly int _life = board.BeginLife(context.Key);
    private readonly ProbePlan _plan = board.PlanFor(context.Key);
    private ImmutableList<string> _lines = [];
    private ImmutableList<string> _unflushed = [];
    private IDisposable? _timer;
    private CancellationTokenSource? _call;
    private bool _isGivingUp;
    private int _count;

    /// <inheritdoc/>
    public bool IsIdle => !_plan.IsBusy;

    /// <inheritdoc/>
    public async Task ActivateAsync(CancellationToken cancellation)
    {
        board.Mark($"loading:{context.Key}");
        if (_plan.LoadGate is { } gate)
        {
            await board.MarkedAsync(gate);
        }

        if (_plan.LoadFailure is { } failure)
        {
            throw failure;
        }

        var content = await context.Journal.LoadAsync(cancellation);
        _guard.Pass();
        _lines = [.. content.Entries.Select(static entry => Encoding.UTF8.GetString(entry.Span))];
    }

    /// <inheritdoc/>
    public async Task WakeAsync(CancellationToken cancellation)
    {
        board.Mark($"woken:{context.Key}");
        if (_plan.WakeFailure is { } failure)
        {
            throw failure;
        }

        if (_plan.ClearsWakeup)
        {
            await context.Wakeup.ClearAsync(cancellation);
        }

        board.Mark($"awake:{context.Key}");
    }

    /// <inheritdoc/>
    public async Task DeactivateAsync(CancellationToken cancellation)
    {
        board.Mark($"flushing:{context.Key}");
        if (_plan.HangsInFlush)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation);
        }

        if (_plan.FlushFailure is { } failure)
        {
            throw failure;
        }

        foreach (var line in _unflushed)
        {
            await AppendAsync(line);
        }

        board.Mark($"flushed:{context.Key}");
    }

    /// <inheritdoc/>
    public Task<string> KeyAsync() => Task.FromResult(context.Key);

    /// <inheritdoc/>
    public Task<int> LifeAsync() => Task.FromResult(_life);

    /// <inheritdoc/>
    public Task MarkAsync(string mark, CancellationToken cancellation)
    {
        board.Mark(mark);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<int> WaitAsync(string mark, CancellationToken cancellation)
    {
        _guard.Pass();
        board.Mark($"entered:{mark}");
        await board.MarkedAsync(mark);
        _guard.Pass();
        board.Mark($"left:{mark}");
        return _life;
    }

    /// <inheritdoc/>
    public async Task WaitForCancellationAsync(string mark, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(cancelled.SetResult);
        board.Mark($"entered:{mark}");
        await cancelled.Task;
        board.Mark(mark);
    }

    /// <inheritdoc/>
    public async Task<int> CountAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var before = _count;
            _guard.Pass();
            _count = before + 1;
            await (step % 2 == 0 ? YieldAsync() : ElsewhereAsync());
        }

        return _count;

        static async Task YieldAsync() => await Task.Yield();
    }

    /// <inheritdoc/>
    public Task<bool> OverlappedAsync() => Task.FromResult(_guard.Overlapped);

    /// <inheritdoc/>
    public Task HeldAsync() => _held.Task;

    /// <inheritdoc/>
    public Task ReleaseAsync()
    {
        _nested++;
        _held.SetResult();
        _nested--;
        return Task.CompletedTask;
    }

    /// <summary>True on a thread that is within <see cref="ReleaseAsync"/> or <see cref="ChainAsync"/>.</summary>
    public static bool IsThisThreadInATurn => _nested > 0;

    /// <inheritdoc/>
    public Task<int> ThrowAtOnceAsync(string text) => throw new ArgumentException(text);

    /// <inheritdoc/>
    public async Task ThrowLaterAsync(string type)
    {
        await Task.Yield();
        throw type switch
        {
            "scheduler" => new SchedulerException(ErrorCodes.ReadConflict, "Not current.", isTransient: true)
                .With("address", "a/b").With("sequence", "7"),
            "overloaded" => new OverloadedException("Too much."),
            "invariant" => new InvariantException("Broken."),
            "storage" => new StorageException(ErrorCodes.StorageFull, "Full."),
            "corrupt" => new CorruptStateException("probe/a", "entry 3", "its checksum differs"),
            _ => new InvalidOperationException("Unknown."),
        };
    }

    /// <inheritdoc/>
    public Task<string> TakeAsync(
        int number, string? text, ProbeFact? fact, DateTimeOffset instant, double? real, Guid id, ImmutableArray<byte> bytes) =>
        Task.FromResult(string.Create(
            CultureInfo.InvariantCulture,
            $"{number} {text ?? "null"} {fact?.Name ?? "null"}{fact?.Numbers.Length} {instant:O} {real} {id} {Convert.ToHexString(bytes.AsSpan())}"));

    /// <inheritdoc/>
    public Task<bool> HasTokenAsync(int one, CancellationToken cancellation) => Task.FromResult(cancellation.CanBeCanceled);

    /// <inheritdoc/>
    public async Task AppendAsync(string line)
    {
        var position = _lines.Count;
        _lines = _lines.Add(line);
        await context.Journal.AppendAsync(position, [Encoding.UTF8.GetBytes(line)], CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task AddUnflushedAsync(string line)
    {
        _unflushed = _unflushed.Add(line);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> LinesAsync() => Task.FromResult<ImmutableArray<string>>([.. _lines]);

    /// <inheritdoc/>
    public async Task AppendAfterAsync(string mark, string line)
    {
        board.Mark($"entered:{mark}");
        await board.MarkedAsync(mark);
        await AppendAsync(line);
    }

    /// <inheritdoc/>
    public Task FaultAsync()
    {
        // The actor is in a turn, so this request waits in its queue. An engine may serve it only when all that is under way has
        // ended, so nothing that is under way may wait for it.
        _ = NoteAsync(context.Directory.Get<IProbe>(context.Key).LifeAsync());
        context.Deactivate(new InvariantException("The test wants it."));
        board.Mark(context.Stopping.IsCancellationRequested ? "stopped" : "not stopped");
        return Task.CompletedTask;

        async Task NoteAsync(Task<int> queued) => board.Mark($"served by {await queued}");
    }

    /// <inheritdoc/>
    public Task EndAsync()
    {
        context.Deactivate(null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartTimerAsync(TimeSpan due, string mark)
    {
        _timer = context.StartTimer(due, async () =>
        {
            _guard.Pass();
            await ElsewhereAsync();
            _guard.Pass();
            board.Mark(mark);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CancelTimerAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartFailingTimerAsync(TimeSpan due)
    {
        context.StartTimer(due, () => throw new InvalidOperationException("The test wants it."));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string> RunOutsideAsync(string mark)
    {
        var result = await context.RunOutside(async stopping =>
        {
            board.Mark($"outside:{mark}");
            await using var registration = stopping.Register(() => board.Mark(mark));
            await board.MarkedAsync(mark);
            stopping.ThrowIfCancellationRequested();
            return mark;
        });
        _guard.Pass();
        return result;
    }

    /// <inheritdoc/>
    public Task WakeAtAsync(DateTimeOffset? due) => due is { } instant
        ? context.Wakeup.SetAsync(instant, CancellationToken.None)
        : context.Wakeup.ClearAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async Task<int> ChainAsync(int number, int last)
    {
        _nested++;
        var here = _nested;
        var rest = number < last
            ? context.Directory.Get<IProbe>($"chain-{number + 1}").ChainAsync(number + 1, last)
            : Task.FromResult(0);
        _nested--;
        return Math.Max(here, await rest);
    }

    /// <inheritdoc/>
    public async Task<string> CallAsync(string key, string mark)
    {
        using var source = new CancellationTokenSource();
        _call = source;
        try
        {
            await context.Directory.Get<IProbe>(key).MarkAsync(mark, source.Token);
            return "answered";
        }
        catch (OperationCanceledException)
        {
            return _isGivingUp ? "within" : "apart";
        }
    }

    /// <inheritdoc/>
    public Task GiveUpAsync()
    {
        _isGivingUp = true;
        _call!.Cancel();
        _isGivingUp = false;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> RandomAsync() => Task.FromResult(context.Random.Next());

    private static Task ElsewhereAsync()
    {
        var elsewhere = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.SetResult(), elsewhere, preferLocal: false);
        return elsewhere.Task;
    }
}
