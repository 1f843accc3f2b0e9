using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Product;

/// <summary>What is due while silos come and go.</summary>
public sealed class MovingClockTests
{
    private const int Schedules = 96;
    private const int TriesMax = 100;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2.5);
    private static readonly SpaceId Space = SpaceId.Of("owner", "space");

    [Fact]
    public async Task Schedules_fire_once_at_each_instant_while_silos_join_and_leave()
    {
        await using ClusterProduct product = await ClusterProduct.StartClusterAsync(1);
        product.Handle("runs", _ => Task.CompletedTask);

        // Every second instant is one at which the silos look after their clocks.
        DateTimeOffset first = product.Opened + Period;
        ScheduleDetail[] created = await Task.WhenAll(Enumerable.Range(1, Schedules).Select(number => product.Schedule($"s{number}").CreateAsync(
            new ScheduleDefinition(new IntervalTrigger(Period, first), new HandlerTarget("runs", Space, null)), CancellationToken.None)));

        await product.Cluster.AddSiloAsync();
        await FireAsync(product, created, first, 1);
        await FireAsync(product, created, first, 2);
        await product.Cluster.AddSiloAsync();
        await FireAsync(product, created, first, 3);
        await FireAsync(product, created, first, 4);
        await product.Cluster.StopSiloAsync(product.Cluster.Cluster.GetActiveSilos().First());
        await FireAsync(product, created, first, 5);
        await FireAsync(product, created, first, 6);

        foreach (ScheduleDetail schedule in created)
        {
            ImmutableArray<ScheduleRun> runs = await RunsAsync(product.Directory.Get<ISchedule>(schedule.Schedule.ToString()));
            Assert.Equal(Enumerable.Range(0, 6).Reverse().Select(number => first + (number * Period)), runs.Select(run => run.Instant));
            Assert.Equal(runs.Select(run => (DateTimeOffset?)run.Instant), runs.Select(run => run.StartedAt));
            Assert.All(runs, run => Assert.Equal(RunStatus.Completed, run.Status));
        }
    }

    // The client may learn just now that a silo has gone.
    private static async Task<ImmutableArray<ScheduleRun>> RunsAsync(ISchedule schedule)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await schedule.ListRunsAsync(200, CancellationToken.None);
            }
            catch (SchedulerException fault) when (fault.IsTransient && tries < TriesMax)
            {
                // Nothing was asked for that could be done twice.
            }
        }
    }

    private static async Task FireAsync(ClusterProduct product, ScheduleDetail[] schedules, DateTimeOffset first, int number)
    {
        await product.AdvanceAsync(first + ((number - 1) * Period) - product.Now);
        foreach (ScheduleDetail schedule in schedules)
        {
            await product.Board.MarkedAsync($"log:RunEnded:{RunId.Of(schedule.Schedule, schedule.Incarnation, number)}");
        }
    }
}
