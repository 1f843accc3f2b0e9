using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Writes state that may lag behind: projections, statistics, exports. Whoever changes it never waits for the write.</summary>
/// <remarks>
/// It lives in the turns of one actor: every member is called from them, and its timers and the ends of its writes are turns
/// too. So it has no locks. While something is unsaved a timer is armed or a write is under way, which keeps the actor in
/// memory. What to write when is decided by <see cref="BackgroundPlan{T}"/>.
/// </remarks>
/// <typeparam name="T">An immutable snapshot of the state, or what makes one when it is written.</typeparam>
/// <param name="time">The actor's clock.</param>
/// <param name="startTimer">The actor's timers (<see cref="OrleansScheduler.Engine.IActorContext.StartTimer"/>).</param>
/// <param name="write">Writes one snapshot; it has its own limit of time.</param>
/// <param name="failing">Called at every failure of a key, and when newer changes come after one.</param>
/// <param name="recovered">Called when a key is written after failures.</param>
/// <param name="options">Times and limits; null for the defaults.</param>
internal sealed class BackgroundWriter<T>(
    TimeProvider time,
    Func<TimeSpan, Func<Task>, IDisposable> startTimer,
    Func<BackgroundRequest, T, Task> write,
    Action<BackgroundFailure> failing,
    Action<BackgroundRequest> recovered,
    BackgroundOptions? options = null)
{
    private static readonly TimeSpan TimerMax = TimeSpan.FromMinutes(1);

    private readonly BackgroundOptions _options = options ?? new BackgroundOptions();
    private readonly BackgroundPlan<T> _plan = new(options ?? new BackgroundOptions());
    private readonly List<(Dictionary<string, long> Unsaved, TaskCompletionSource<bool> Done)> _waiting = [];
    private IDisposable? _timer;
    private DateTimeOffset? _armedFor;
    private bool _isStopping;

    // Ages and pauses are measured: an adjusted clock neither delays a write nor ages what is unsaved.
    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private readonly long _begunStamp = time.GetTimestamp();

    /// <summary>What is unsaved, for health: with the failures of its tries, and its age.</summary>
    public ImmutableArray<BackgroundFailure> Unsaved => _plan.Report(Now);

    /// <summary>True when nothing is unsaved.</summary>
    public bool IsSaved => _plan.IsSaved;

    private DateTimeOffset Now => _begun + time.GetElapsedTime(_begunStamp);

    /// <summary>Has a snapshot written soon, unless a newer one comes first.</summary>
    /// <exception cref="SchedulerException"><c>stopping</c> after <see cref="StopAsync"/>; <c>overloaded</c> with too many keys.</exception>
    public void Request(BackgroundRequest request, T snapshot)
    {
        if (_isStopping)
        {
            throw new SchedulerException(ErrorCodes.Stopping, $"{request.Target} is no longer written.", isTransient: true);
        }

        bool wasNewest = _plan.HasFailedWithTheNewest(request.Key);
        if (!_plan.Request(request, snapshot, Now))
        {
            throw new OverloadedException($"{_options.KeysMax} states wait to be written, which is the limit.");
        }

        if (wasNewest)
        {
            failing(_plan.Report(request.Key, Now));
        }

        Arm();
    }

    /// <summary>Completes when everything that was requested so far is written, however many tries that takes.</summary>
    /// <param name="cancellation">Ends the wait, not the writing.</param>
    /// <exception cref="SchedulerException"><c>stopping</c> when <see cref="StopAsync"/> gave up before.</exception>
    public async Task SaveNowAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource<bool>? saved = WaitForAll();
        if (saved is null)
        {
            return;
        }

        using CancellationTokenRegistration given = cancellation.UnsafeRegister(
            static (source, token) => ((TaskCompletionSource<bool>)source!).TrySetCanceled(token), saved);
        await saved.Task;
    }

    /// <summary>Takes no further requests and writes the newest state, within a bounded wait.</summary>
    /// <returns>What was not written; empty when all is saved.</returns>
    public async Task<ImmutableArray<BackgroundFailure>> StopAsync()
    {
        _isStopping = true;
        if (WaitForAll() is { } saved)
        {
            using IDisposable over = startTimer(_options.StopWait, () => Task.FromResult(saved.TrySetResult(false)));
            await saved.Task;
        }

        _timer?.Dispose();
        (_timer, _armedFor) = (null, DateTimeOffset.MinValue);
        foreach (var (_, done) in _waiting)
        {
            done.TrySetException(new SchedulerException(ErrorCodes.Stopping, "It was not written before the end.", isTransient: true));
        }

        return Unsaved;
    }

    private TaskCompletionSource<bool>? WaitForAll()
    {
        if (_plan.IsSaved)
        {
            return null;
        }

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((_plan.Unsaved.ToDictionary(request => request.Key, request => request.Generation, StringComparer.Ordinal), done));
        _plan.Urge();
        Begin();
        return done;
    }

    private void Begin()
    {
        foreach (var (request, snapshot) in _plan.TakeDue(Now))
        {
            _ = WriteAsync(request, snapshot);
        }

        Arm();
    }

    private async Task WriteAsync(BackgroundRequest request, T snapshot)
    {
        try
        {
            // A write that completes at once would otherwise run within the turn that asked for it.
            await Task.Yield();
            await write(request, snapshot);
        }
        catch (Exception fault)
        {
            string reason = (fault as SchedulerException)?.Code ?? ErrorCodes.StorageFailed;
            _plan.Failed(request, reason, fault.Message, Now);
            failing(_plan.Report(request.Key, Now));
            Arm();
            return;
        }

        bool hadFailed = _plan.Written(request);
        Answer(request);
        Arm();
        if (hadFailed)
        {
            recovered(request);
        }
    }

    private void Answer(BackgroundRequest written)
    {
        foreach (var (unsaved, done) in _waiting)
        {
            if (unsaved.TryGetValue(written.Key, out long generation) && generation <= written.Generation)
            {
                unsaved.Remove(written.Key);
                if (unsaved.Count == 0)
                {
                    done.TrySetResult(true);
                }
            }
        }

        _waiting.RemoveAll(one => one.Done.Task.IsCompleted);
    }

    // A debounced request moves the due instant on; the timer then finds nothing and is armed again, so that a busy actor
    // does not arm one for every change.
    private void Arm()
    {
        if (_plan.NextDue is not { } due || _armedFor <= due)
        {
            return;
        }

        _timer?.Dispose();
        TimeSpan pause = due - Now;
        pause = pause < TimeSpan.Zero ? TimeSpan.Zero : pause > TimerMax ? TimerMax : pause;
        _armedFor = due;
        _timer = startTimer(pause, () =>
        {
            (_timer, _armedFor) = (null, null);
            Begin();
            return Task.CompletedTask;
        });
    }
}
