using System.Runtime.CompilerServices;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>The base of all generated proxies: finds the activation and hands it the call.</summary>
internal abstract class ActorReference(ActorKind kind, string key)
{
    private Activation? _activation;

    /// <inheritdoc/>
    public sealed override string ToString() => $"{kind.Name}/{key}";

    /// <summary>Calls a method that returns a plain task.</summary>
    protected Task Tell<TArgs>(in TArgs args, Func<object, TArgs, Task> method, CancellationToken cancellation) =>
        Call<TArgs, Nothing>(args, method, cancellation);

    /// <summary>Calls a method that returns a task with a result.</summary>
    /// <remarks>The cast needs no check: <paramref name="method"/> was generated from the same declaration.</remarks>
    protected Task<TResult> Ask<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method, CancellationToken cancellation) =>
        Unsafe.As<Task<TResult>>(Call<TArgs, TResult>(args, method, cancellation));

    private Task Call<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? Task.FromCanceled<TResult>(cancellation)
            : (_activation ?? Resolve())?.TryCallInline<TArgs, TResult>(args, method) ?? Queue<TArgs, TResult>(args, method, cancellation);

    private Task<TResult> Queue<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method, CancellationToken cancellation)
    {
        if (Resolve() is not { } activation)
        {
            return Task.FromException<TResult>(kind.Core.StoppingFailure(ToString()));
        }

        QueuedCall<TArgs, TResult> call;
        if (cancellation.CanBeCanceled)
        {
            var cancellable = new CancellableCall<TArgs, TResult>(args, method);
            cancellable.Watch(cancellation);
            call = cancellable;
        }
        else
        {
            call = new QueuedCall<TArgs, TResult>(args, method);
        }

        return activation.TryAccept(call)
            ? call.Task
            : Task.FromException<TResult>(new OverloadedException(
                $"{ToString()} has {kind.Core.UnansweredRequestsMax} unanswered requests, as many as it may."));
    }

    private Activation? Resolve()
    {
        var known = _activation;
        if (known is null || known.IsDead)
        {
            known = kind.Resolve(key);
            _activation = known;
        }

        return known;
    }
}
