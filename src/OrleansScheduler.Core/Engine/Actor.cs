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
    /// <param name="decide">Refuses before it awaits anything, or not at all.</param>
    protected static Task<T> DecideAsync<T>(Func<Task> durable, Func<Task<T>> decide)
    {
        try
        {
            Task<T> answer = decide();
            return answer.IsFaulted ? RefuseAsync(durable, answer) : answer;
        }
        catch (SchedulerException refusal)
        {
            return RefuseAsync(durable, Task.FromException<T>(refusal));
        }
    }

    private static async Task<T> RefuseAsync<T>(Func<Task> durable, Task<T> refusal)
    {
        await durable();
        return await refusal;
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
