using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Testing;

/// <summary>An engine on fake time over a store in memory, which can crash and start again.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private readonly ActorRegistry _registry;
    private readonly ActorEngineOptions _options;
    private readonly ITurnScheduler _scheduler;

    private TestEngine(ActorRegistry registry, ActorEngineOptions options, ITurnScheduler scheduler, FakeTime time)
    {
        _registry = registry;
        _options = options;
        _scheduler = scheduler;
        Time = time;
        Store = new MemoryStore(MemoryImage.Empty, NoFaults.Instance, time);
        Engine = Create();
    }

    /// <summary>The engine that runs now.</summary>
    public ActorEngine Engine { get; private set; }

    /// <summary>Its clock, which goes on through crashes.</summary>
    public FakeTime Time { get; }

    /// <summary>Its store.</summary>
    public MemoryStore Store { get; private set; }

    /// <summary>Starts an engine on an empty store.</summary>
    /// <param name="registry">The actors.</param>
    /// <param name="options">The limits.</param>
    /// <param name="scheduler">Who decides what runs next; null for the thread pool.</param>
    /// <param name="time">The clock; null for one of its own.</param>
    public static async Task<TestEngine> StartAsync(
        ActorRegistry registry, ActorEngineOptions options, ITurnScheduler? scheduler = null, FakeTime? time = null)
    {
        var engine = new TestEngine(registry, options, scheduler ?? new ThreadPoolTurnScheduler(), time ?? new FakeTime());
        await engine.Engine.StartAsync(CancellationToken.None);
        return engine;
    }

    /// <summary>Leaves the engine as it stands and starts another from what its store had acknowledged.</summary>
    /// <param name="down">How long the clock goes on in between.</param>
    public async Task CrashAsync(TimeSpan down)
    {
        var left = Engine;
        Store = new MemoryStore(Store.Snapshot(), NoFaults.Instance, Time);
        Engine = Create();
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        await left.StopAsync(atOnce.Token);
        Time.Advance(down);
        await Engine.StartAsync(CancellationToken.None);
    }

    /// <summary>Ends the engine in good order.</summary>
    /// <returns>The actors that could not be flushed.</returns>
    public Task<ImmutableArray<string>> StopAsync() => Engine.StopAsync(CancellationToken.None);

    /// <summary>Ends the engine without waiting for what hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        await Engine.StopAsync(atOnce.Token);
        await Store.DisposeAsync();
    }

    private ActorEngine Create() => new(
        _registry,
        new EngineEnvironment(Store, Store, Time, _scheduler, Seed: 1, NullLoggerFactory.Instance),
        _options);
}
