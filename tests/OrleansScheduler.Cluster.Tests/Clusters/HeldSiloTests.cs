using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using OrleansScheduler.Actions;
using OrleansScheduler.Cluster.Grains;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Clusters;

public sealed class HeldSiloTests
{
    private const int Schedules = 8;

    private readonly ProbeBoard _board = new();
    private bool _hold;

    [Fact]
    public async Task What_is_due_on_a_silo_on_hold_runs_when_the_clock_of_another_silo_calls()
    {
        await using var cluster = new TestCluster(
            _board,
            1,
            time => new ClusterSchedulerOptions { Time = time, Hold = _hold, Handlers = Handlers() },
            silo => silo.Services.AddSingleton<ILoggerProvider>(new MarkingProvider(_board))
                .AddLogging(logging => logging.AddFilter<MarkingProvider>("OrleansScheduler", LogLevel.Trace)));
        await cluster.StartAsync();
        _hold = true;
        InProcessSiloHandle free = cluster.Cluster.GetActiveSilos().Single();
        InProcessSiloHandle held = await cluster.AddSiloAsync();
        IGrainFactory grains = cluster.Cluster.Client;
        var now = cluster.Time.GetUtcNow();

        int onHold = 0;
        for (int number = 0; number < Schedules; number++)
        {
            // Half of them come up on the silo on hold.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, number % 2 == 0 ? held.SiloAddress : free.SiloAddress);
            IScheduleGrain schedule = grains.GetGrain<IScheduleGrain>(ScheduleId.Of("owner", $"s{number}").ToString());
            ScheduleDetail created = await schedule.CreateAsync(
                new ScheduleDefinition(new OnceTrigger(now), new HandlerTarget("nothing")), CancellationToken.None);
            await _board.MarkedAsync($"log:RunEnded:{RunId.Of(created.Schedule, created.Incarnation, 1)}");
            onHold += held.SiloAddress.Equals(await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(schedule)) ? 1 : 0;
        }

        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        Assert.Equal(Schedules / 2, onHold);
    }

    private static HandlerCatalog Handlers()
    {
        var handlers = new HandlerCatalog();
        handlers.Add("nothing", () => new Nothing(), "1");
        return handlers;
    }

    private sealed class Nothing : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }
}
