using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>Calls that run on the thread of their caller: when they do, how deep, and what they leave to others.</summary>
public sealed class InlineTests
{
    [Fact]
    public async Task A_call_to_an_idle_actor_is_done_when_it_returns()
    {
        await using var engine = await MemoryEngine.StartAsync(new EngineSettings());
        await engine.Probe("a").LifeAsync();

        var answer = engine.Probe("a").LifeAsync();

        Assert.True(answer.IsCompleted);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(8, 8)]
    [InlineData(9, 8)]
    public async Task Calls_are_nested_8_deep_and_the_ninth_is_queued(int calls, int depth)
    {
        await using var engine = await MemoryEngine.StartAsync(new EngineSettings());
        await engine.Probe("chain-1").ChainAsync(1, calls);

        var answer = engine.Probe("chain-1").ChainAsync(1, calls);

        Assert.Equal(calls == depth, answer.IsCompleted);
        Assert.Equal(depth, await answer);
    }

    [Fact]
    public async Task A_call_never_runs_the_work_of_others_on_the_thread_of_its_caller()
    {
        await using var engine = await MemoryEngine.StartAsync(new EngineSettings());
        var probe = engine.Probe("a");
        await probe.LifeAsync();
        var held = probe.HeldAsync();
        var resumed = Resume();

        // Within this turn the actor's own continuations and the queue of others have work to do.
        await probe.ReleaseAsync();

        Assert.False(await resumed);

        async Task<bool> Resume()
        {
            await held;
            return ProbeActor.IsThisThreadInATurn;
        }
    }

    [Fact]
    public void A_scheduler_that_forbids_them_gets_every_call()
    {
        var board = new ProbeBoard();
        var scheduler = new SeededScheduler(seed: 1);
        scheduler.Run(
            async () =>
            {
                await using var test = await TestEngine.StartAsync(
                    EmbeddedEngine.RegistryFor(board), new ActorEngineOptions(), scheduler);
                var probe = test.Engine.Get<IProbe>("a");
                await probe.LifeAsync();

                var answer = probe.LifeAsync();

                Assert.False(answer.IsCompleted);
                Assert.Equal(1, await answer);
            },
            idle: () => false);
    }
}
