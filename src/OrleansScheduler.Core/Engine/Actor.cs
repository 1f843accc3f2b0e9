using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Engine;

/// <summary>What the actors share: a journal, and the rules for requests that wait.</summary>
internal abstract class Actor(IActorContext context) : IActor
{
    /// <summary>The longest wait that a request may ask for.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    protected IActorContext Context { get; } = context;

    protected DateTimeOffset Now => Context.Time.GetUtcNow();

    /// <inheritdoc/>
    public abstract bool IsIdle { get; }

    /// <inheritdoc/>
    public virtual Task ActivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task WakeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DeactivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Decides in this turn. A refusal tells of the state as any answer does, so it leaves when that is stored.</summary>
    /// <param name="durable">Completes when everything that is folded is stored.</param>
    /// <param name="decide">Throws before it awaits anything, or does not refuse.</param>
    protected static async Task<T> DecideAsync<T>(Func<Task> durable, Func<Task<T>> decide)
    {
        Task<T> answer;
        try
        {
            answer = decide();
        }
        catch (SchedulerException)
        {
            await durable();
            throw;
        }

        if (answer.IsFaulted)
        {
            await durable();
        }

        return await answer;
    }

    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    protected static void CheckRange(string field, long value, long low, long high)
    {
        if (value < low || value > high)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"'{field}' lies between {low} and {high}.").With("field", field);
        }
    }

    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    protected static void CheckWait(TimeSpan wait)
    {
        if (wait < TimeSpan.Zero || wait > WaitMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, "A wait lies between 0s and 20s.").With("field", "wait");
        }
    }

    /// <exception cref="SchedulerException"><c>request_invalid</c>.</exception>
    protected static void CheckText(string field, string? value, int charsMax)
    {
        if (string.IsNullOrEmpty(value) || value.Length > charsMax)
        {
            throw new SchedulerException(ErrorCodes.RequestInvalid, $"'{field}' has 1 to {charsMax} characters.").With("field", field);
        }
    }
}
