using System.Collections.Immutable;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>One seed decides the order of everything.</summary>
public sealed class SeededTests
{
    [Fact]
    public void The_same_seed_runs_the_same_turns()
    {
        Assert.Equal(TraceOf(seed: 7), TraceOf(seed: 7));
    }

    [Fact]
    public void Other_seeds_run_other_turns()
    {
        var traces = Enumerable.Range(1, 20).Select(seed => string.Join(' ', TraceOf(seed))).ToHashSet();

        Assert.InRange(traces.Count, 15, 20);
    }

    [Fact]
    public void Faults_timers_wakeups_and_the_end_stay_on_the_thread_of_the_simulation()
    {
        var scheduler = new SeededScheduler(seed: 3);
        var time = new FakeTime();
        var board = new ProbeBoard();

        scheduler.Run(
            async () =>
            {
                await using var test = await StartAsync(scheduler, time, board);
                var probe = test.Engine.Get<IProbe>("a");
                await probe.WakeAtAsync(time.GetUtcNow().AddMinutes(2));
                await probe.StartTimerAsync(TimeSpan.FromSeconds(1), "due");
                await probe.FaultAsync();
                Assert.Equal(2, await probe.LifeAsync());
                await board.MarkedAsync("awake:a");
                await test.CrashAsync(TimeSpan.FromHours(1));
                Assert.Equal(3, await test.Engine.Get<IProbe>("a").LifeAsync());
                board.PlanFor("a").HangsInFlush = true;
                Assert.Equal(["probe/a"], await test.StopAsync());
            },
            idle: () => AdvanceToNext(time));

        Assert.DoesNotContain("due", board.Marks);
    }

    private static ImmutableArray<string> TraceOf(int seed)
    {
        var scheduler = new SeededScheduler(seed);
        var time = new FakeTime();
        var board = new ProbeBoard();
        scheduler.Run(
            async () =>
            {
                await using var test = await StartAsync(scheduler, time, board);
                var outside = test.Engine.Get<IProbe>("a").RunOutsideAsync("work");
                await Task.WhenAll(Enumerable.Range(0, 30).Select(number =>
                    test.Engine.Get<IProbe>($"p{number % 4}").MarkAsync($"{number}", CancellationToken.None)));
                board.Mark("work");
                await outside;
            },
            idle: () => AdvanceToNext(time));
        return scheduler.Trace;
    }

    private static Task<TestEngine> StartAsync(SeededScheduler scheduler, FakeTime time, ProbeBoard board) =>
        TestEngine.StartAsync(EmbeddedEngine.RegistryFor(board), new ActorEngineOptions(), scheduler, time);

    private static bool AdvanceToNext(FakeTime time)
    {
        if (time.NextDue is not { } due)
        {
            return false;
        }

        time.AdvanceTo(due);
        return true;
    }
}
