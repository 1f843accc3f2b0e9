using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Runs actors inside this process.</summary>
/// <remarks>
/// One activation per key, turns that never overlap, reentrant requests. A call to an idle actor runs on the thread of its
/// caller; any other waits for its turn. Nothing here is random or reads a clock of its own: see <see cref="EngineEnvironment"/>.
/// </remarks>
public sealed class ActorEngine : IActorDirectory, IAsyncDisposable
{
    private const int KeyCharsMax = 512;

    private readonly Lock _gate = new();
    private readonly EngineCore _core;
    private readonly IdleCollector _collector;
    private Task<ImmutableArray<string>>? _stop;

    /// <summary>Creates an engine; its actors can be called at once, stored wake-ups wait for <see cref="StartAsync"/>.</summary>
    /// <param name="registry">The kinds of actors; closed by this.</param>
    /// <param name="environment">Storage, clock, scheduler, seed and logs.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="ArgumentException">Names every option that is out of its range.</exception>
    public ActorEngine(ActorRegistry registry, EngineEnvironment environment, ActorEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _core = new EngineCore(registry.Close(), environment, options.Copy(), this);
        _collector = new IdleCollector(_core);
    }

    /// <summary>Push to whoever listens in this process; the same that the actors have.</summary>
    public IEventFanout Fanout => _core.Fanout;

    /// <summary>Counts for health and metrics. Takes time in proportion to the actors in memory.</summary>
    public EngineStatistics Statistics => _core.Statistics();

    /// <summary>Loads the stored wake-ups. Those due within a minute, or overdue, are fired at once.</summary>
    /// <param name="cancellation">Ends the wait for storage.</param>
    public Task StartAsync(CancellationToken cancellation) => _core.Wakeups.StartAsync(cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is empty or too long, or no actor is registered for the contract.</exception>
    public TActor Get<TActor>(string key)
        where TActor : class
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyCharsMax, nameof(key));
        return _core.KindsByContract.TryGetValue(typeof(TActor), out var kind)
            ? (TActor)kind.CreateReference(key)
            : throw new ArgumentException($"No actor is registered for the contract {typeof(TActor)}.");
    }

    /// <summary>Refuses new work, lets every actor flush at the same time, and ends them.</summary>
    /// <param name="cancellation">Ends the wait early, as if its time were up.</param>
    /// <returns>The actors, as kind/key, that were not known to have flushed after <see cref="ActorEngineOptions.FlushWait"/>.</returns>
    /// <remarks>Later calls get the result of the first. Requests that reach an actor afterwards fail with
    /// <see cref="Errors.ErrorCodes.Stopping"/>.</remarks>
    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _stop ??= StopOnceAsync(cancellation);
        }
    }

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task<ImmutableArray<string>> StopOnceAsync(CancellationToken cancellation)
    {
        _core.BeginStop();
        _core.Wakeups.Dispose();
        _collector.Dispose();
        using var limit = new CancellationTokenSource(_core.Options.FlushWait, _core.Environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);

        var activations = _core.Live.ToImmutableArray();
        await WaitAsync(Task.WhenAll(activations.Select(static activation => activation.EndAsync())), either.Token);
        foreach (var activation in activations.Where(static activation => !activation.IsDead))
        {
            activation.Abandon();
        }

        await WaitAsync(_core.Outside.WhenNoneAsync(), either.Token);
        ImmutableArray<string> unflushed = [.. activations.Where(static one => one.IsUnflushed).Select(static one => one.ToString())];
        Report(unflushed);
        return unflushed;
    }

    private void Report(ImmutableArray<string> unflushed)
    {
        if (unflushed.Length > 0)
        {
            EngineLog.Unflushed(_core.Log, string.Join(", ", unflushed));
        }

        if (_core.Outside.Current is > 0 and var left)
        {
            EngineLog.OutsideLeft(_core.Log, left);
        }
    }

    private static async Task WaitAsync(Task task, CancellationToken limit)
    {
        try
        {
            await task.WaitAsync(limit);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The time is up. What is left is named in the report.
        }
    }
}
