using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>The worker processes of a host: so many as are needed and allowed, each used again until it is replaced.</summary>
internal sealed class ExpressionWorkerPool : IAsyncDisposable
{
    private readonly ExpressionOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly Stack<ExpressionWorker> _idle = new();
    private readonly CancellationTokenSource _closing = new();
    private int _callers;

    public ExpressionWorkerPool(ExpressionOptions options, TimeProvider time)
    {
        if (Environment.GetEnvironmentVariable(HandlerWorker.EnvironmentMark) is not null)
        {
            throw new InvalidOperationException("This program was started as a worker. Call HandlerWorker.TryRun first in its Main.");
        }

        _options = options;
        _time = time;
        _slots = new SemaphoreSlim(options.WorkersMax);
    }

    /// <summary>Told the process of every worker that starts; for tests.</summary>
    internal Action<int>? Started { get; set; }

    /// <summary>Evaluates a script and gives its result; null for undefined.</summary>
    /// <param name="request">See <see cref="ScriptEvaluator.Request"/>.</param>
    /// <param name="limit">For the evaluation itself; waiting and the start of a worker do not count.</param>
    /// <param name="cancellation">Ends the evaluation by killing its worker.</param>
    public async Task<JsonValue?> EvaluateAsync(JsonObject request, TimeSpan limit, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> utf8 = request.ToUtf8();
        try
        {
            if (Interlocked.Increment(ref _callers) > _options.WorkersMax + _options.WaitersMax)
            {
                throw new SchedulerException(
                    HandlerErrorCodes.ExpressionBusy, $"{_options.WaitersMax} evaluations wait for one of {_options.WorkersMax} workers already.", isTransient: true);
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
            await _slots.WaitAsync(stop.Token);
            try
            {
                return await EvaluateInSlotAsync(utf8, limit, stop.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _callers);
        }
    }

    /// <summary>Cancels what is evaluated, ends every worker and waits for their ends. No evaluation succeeds after it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        for (int slot = 0; slot < _options.WorkersMax; slot++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }

        while (_idle.TryPop(out ExpressionWorker? worker))
        {
            await worker.DisposeAsync();
        }

        // A caller that comes late is cancelled by the token before it gets to the slots.
        _slots.Release(_options.WorkersMax);
    }

    private async Task<JsonValue?> EvaluateInSlotAsync(ReadOnlyMemory<byte> utf8, TimeSpan limit, CancellationToken cancellation)
    {
        ExpressionWorker worker = await TakeAsync(cancellation);
        bool isKept = false;
        try
        {
            WorkerAnswer answer = await worker.EvaluateAsync(utf8, limit, cancellation);
            isKept = worker.IsUsable;
            return answer.Unwrap();
        }
        finally
        {
            if (isKept)
            {
                lock (_idle)
                {
                    _idle.Push(worker);
                }
            }
            else
            {
                await worker.DisposeAsync();
            }
        }
    }

    private async Task<ExpressionWorker> TakeAsync(CancellationToken cancellation)
    {
        while (TryTakeIdle() is { } idle)
        {
            if (!idle.HasExited)
            {
                return idle;
            }

            await idle.DisposeAsync();
        }

        ExpressionWorker worker = await ExpressionWorker.StartAsync(_options, _time, cancellation);
        Started?.Invoke(worker.Pid);
        return worker;
    }

    private ExpressionWorker? TryTakeIdle()
    {
        lock (_idle)
        {
            return _idle.TryPop(out ExpressionWorker? worker) ? worker : null;
        }
    }
}
