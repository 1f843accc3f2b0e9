using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>The one place in which a method of an actor is called.</summary>
internal static class Invocation
{
    /// <summary>Calls the method. What it throws instead of returning a task becomes a failed task of the declared type.</summary>
    /// <typeparam name="TArgs">All arguments.</typeparam>
    /// <typeparam name="TResult">The result, or <see cref="Nothing"/> for a method that returns a plain task.</typeparam>
    internal static Task Start<TArgs, TResult>(object actor, in TArgs args, Func<object, TArgs, Task> method)
    {
        try
        {
            return method(actor, args) ?? throw new InvariantException("A method of an actor returned null instead of a task.");
        }
        catch (OperationCanceledException canceled) when (canceled.CancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(canceled.CancellationToken);
        }
        catch (Exception failure)
        {
            return Task.FromException<TResult>(failure);
        }
    }
}
