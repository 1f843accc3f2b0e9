using OrleansScheduler.Actions;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Core.Handlers;

/// <summary>Calls handlers outside of the actor that asks for it, and does not wait for one that ignores its time limit.</summary>
internal sealed class HandlerRunner(IActorContext actor, HandlerCatalog handlers)
{
    private const int MessageCharsMax = 2_000;

    private static readonly RunError Stopped = new("aborted", "The run was asked to stop.");

    /// <summary>Runs the handler once; never throws. The context is closed when the task completes.</summary>
    /// <param name="name">The name of the handler.</param>
    /// <param name="open">Makes the context around the token that the handler is to obey.</param>
    /// <param name="limit">After it the token is cancelled.</param>
    /// <param name="abort">Cancels the run from outside.</param>
    public async Task<HandlerOutcome> RunAsync(string name, Func<CancellationToken, RunContext> open, TimeSpan limit, CancellationToken abort)
    {
        DateTimeOffset startedAt = actor.Time.GetUtcNow();
        long started = actor.Time.GetTimestamp();
        using var overdue = new CancellationTokenSource(limit, actor.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, abort, actor.Stopping);
        RunContext context = open(stop.Token);
        (RunStatus status, RunError? error) = await CallAsync(name, context, limit, overdue.Token, abort);

        // Whole microseconds: that is what the stored and sent forms keep, so everybody sees the same.
        TimeSpan duration = TimeSpan.FromMicroseconds(actor.Time.GetElapsedTime(started).Ticks / TimeSpan.TicksPerMicrosecond);
        return new HandlerOutcome(status, error, startedAt, duration, context.Close());
    }

    private async Task<(RunStatus Status, RunError? Error)> CallAsync(
        string name, RunContext context, TimeSpan limit, CancellationToken overdue, CancellationToken abort)
    {
        if (!handlers.TryGet(name, out RegisteredHandler? handler))
        {
            return Failed(ErrorCodes.UnknownHandler, $"No handler '{name}' is registered in this process.");
        }

        if (handler.IsRefused)
        {
            return Failed(ErrorCodes.HandlerRefused, $"The handler '{name}' was abandoned {RegisteredHandler.AbandonedMax} times and is refused until it is registered again.");
        }

        if (abort.IsCancellationRequested || actor.Stopping.IsCancellationRequested)
        {
            return (RunStatus.Aborted, Stopped);
        }

        Task<bool> call = actor.RunOutside(async _ =>
        {
            await handler.Create().HandleAsync(context);
            return true;
        });
        try
        {
            await call.WaitAsync(limit + handler.Grace, actor.Time, CancellationToken.None);
            return (RunStatus.Completed, null);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            handler.Abandon();
            return (RunStatus.Timeout, new RunError(ErrorCodes.Timeout, $"The handler did not return within {limit} and was abandoned."));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested || actor.Stopping.IsCancellationRequested)
        {
            return (RunStatus.Aborted, Stopped);
        }
        catch (OperationCanceledException) when (overdue.IsCancellationRequested)
        {
            return (RunStatus.Timeout, new RunError(ErrorCodes.Timeout, $"The handler stopped at its limit of {limit}."));
        }
        catch (Exception fault)
        {
            // A fault with a code says what it is; of any other the type is worth knowing.
            return fault is SchedulerException known
                ? Failed(known.Code, known.Message)
                : Failed("handler_error", $"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private static (RunStatus Status, RunError? Error) Failed(string code, string message) =>
        (RunStatus.Failed, new RunError(code, message.Length > MessageCharsMax ? message[..MessageCharsMax] : message));
}
