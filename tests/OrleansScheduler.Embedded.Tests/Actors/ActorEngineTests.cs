using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>What only the embedded engine offers: counts, seeds, and its own handling of wake-ups and topics.</summary>
public sealed class ActorEngineTests
{
    private readonly ProbeBoard _board = new();

    [Fact]
    public async Task Statistics_count_what_happened()
    {
        await using var test = await StartAsync(new ActorEngineOptions { UnansweredRequestsMax = 1 });
        _board.PlanFor("bad").LoadFailure = new StorageException(ErrorCodes.StorageFailed, "The test wants it.");
        var probe = test.Engine.Get<IProbe>("a");
        await probe.LifeAsync();
        await probe.LifeAsync();
        await Assert.ThrowsAsync<StorageException>(() => test.Engine.Get<IProbe>("bad").LifeAsync());
        var waiting = probe.WaitAsync("go", CancellationToken.None);
        await Assert.ThrowsAsync<OverloadedException>(() => probe.LifeAsync());

        Assert.Equal(
            new EngineStatistics(
                LiveActivations: 1, Activations: 2, ActivationFailures: 1, Requests: 3, QueuedRequests: 1, Overloads: 1, Unanswered: 1),
            test.Engine.Statistics);
        _board.Mark("go");
        await waiting;
    }

    [Fact]
    public async Task Statistics_keep_the_requests_of_activations_that_ended()
    {
        await using var test = await StartAsync(new ActorEngineOptions());
        await test.Engine.Get<IProbe>("a").LifeAsync();

        await test.StopAsync();

        Assert.Equal((0, 1), (test.Engine.Statistics.LiveActivations, test.Engine.Statistics.Requests));
    }

    [Fact]
    public async Task Randomness_follows_from_seed_kind_and_key()
    {
        await using var first = await StartAsync(new ActorEngineOptions());
        await using var second = await StartAsync(new ActorEngineOptions());
        await second.Engine.Get<IProbe>("other").RandomAsync();

        var number = await first.Engine.Get<IProbe>("a").RandomAsync();

        Assert.Equal(number, await second.Engine.Get<IProbe>("a").RandomAsync());
        Assert.NotEqual(number, await first.Engine.Get<IProbe>("b").RandomAsync());
    }

    [Fact]
    public async Task A_wakeup_whose_actor_fails_is_tried_again()
    {
        await using var test = await StartAsync(new ActorEngineOptions());
        _board.PlanFor("a").WakeFailure = new InvalidOperationException("The test wants it.");
        var start = test.Time.GetUtcNow();
        await test.Engine.Get<IProbe>("a").WakeAtAsync(start.AddSeconds(30));
        var again = test.Time.ArmedForAsync(start.AddSeconds(90));

        test.Time.Advance(TimeSpan.FromSeconds(30));
        await again;
        _board.PlanFor("a").WakeFailure = null;
        test.Time.Advance(TimeSpan.FromSeconds(60));

        await _board.MarkedAsync("awake:a");
        Assert.Equal(2, _board.Count("woken:a"));
    }

    [Fact]
    public async Task A_stored_wakeup_of_an_unknown_kind_stays_stored()
    {
        await using var test = await StartAsync(new ActorEngineOptions());
        await test.Store.SetWakeupAsync("unknown", "a", test.Time.GetUtcNow(), CancellationToken.None);

        await test.CrashAsync(TimeSpan.Zero);

        Assert.Single(await test.Store.ListWakeupsAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Topics_without_listeners_take_no_memory()
    {
        var fanout = new EventFanout(new ThreadPoolTurnScheduler(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var first = await fanout.SubscribeAsync("topic", _ => ValueTask.CompletedTask, CancellationToken.None);
        var second = await fanout.SubscribeAsync("topic", _ => ValueTask.CompletedTask, CancellationToken.None);
        await fanout.PublishAsync("unheard", default, CancellationToken.None);
        Assert.Equal(1, fanout.TopicCount);

        await first.DisposeAsync();
        await second.DisposeAsync();
        await second.DisposeAsync();

        Assert.Equal(0, fanout.TopicCount);
    }

    [Fact]
    public async Task A_stop_that_nobody_waits_for_still_names_what_is_left()
    {
        await using var test = await StartAsync(new ActorEngineOptions());
        _board.PlanFor("a").HangsInFlush = true;
        await test.Engine.Get<IProbe>("a").LifeAsync();

        var unflushed = await test.Engine.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(["probe/a"], unflushed);
    }

    private Task<TestEngine> StartAsync(ActorEngineOptions options) =>
        TestEngine.StartAsync(EmbeddedEngine.RegistryFor(_board), options);
}
