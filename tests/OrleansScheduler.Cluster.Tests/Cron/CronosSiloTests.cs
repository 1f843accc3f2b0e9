using Microsoft.Extensions.DependencyInjection;
using OrleansScheduler.Cluster.Cron;
using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Engine;
using OrleansScheduler.Handlers;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Cron;

/// <summary>Silos with Cronos, and what becomes of schedules when it comes and goes.</summary>
public sealed class CronosSiloTests
{
    // What repeats within the gap of a spring night: nothing by the scheduler, once at its end by Cronos.
    private static readonly ScheduleDefinition InTheGap = new(new CronTrigger("*/30 2 * * *", "Europe/Berlin"), new HandlerTarget("nothing"));
    private static readonly DateTimeOffset Eve = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset EndOfGap = new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset DayAfter = new(2026, 3, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly ProbeBoard _board = new();
    private readonly HandlerCatalog _handlers = new();
    private bool _cronos;

    public CronosSiloTests() => _handlers.Add("nothing", () => new Nothing());

    [Fact]
    public async Task What_is_defined_with_Cronos_is_due_by_Cronos_and_what_was_stored_stays_as_it_was()
    {
        await using TestCluster cluster = Create();
        cluster.Time.AdvanceTo(Eve);
        await cluster.StartAsync();
        ScheduleDetail before = await Schedule(cluster, "old").CreateAsync(InTheGap, CancellationToken.None);
        await RestartAsync(cluster, cronos: true);

        ScheduleDetail stored = await Schedule(cluster, "old").GetAsync(CancellationToken.None);
        ScheduleDetail defined = await Schedule(cluster, "new").CreateAsync(InTheGap, CancellationToken.None);
        ScheduleDetail again = await Schedule(cluster, "old").UpdateAsync(InTheGap, before.Revision, "me", CancellationToken.None);
        ScheduleDetail repeated = await Schedule(cluster, "old").UpdateAsync(InTheGap, again.Revision, "me", CancellationToken.None);

        Assert.Equal((DayAfter, before.Description, 1), (stored.NextInstant, stored.Description, stored.Revision));
        Assert.Equal(EndOfGap, defined.NextInstant);
        Assert.Contains("cronos", defined.Description, StringComparison.Ordinal);
        Assert.Equal((EndOfGap, 2), (again.NextInstant, again.Revision));
        Assert.Equal(2, repeated.Revision);
    }

    [Fact]
    public async Task Without_Cronos_its_schedules_are_not_due_and_say_so_until_they_are_defined_again()
    {
        _cronos = true;
        await using TestCluster cluster = Create();
        cluster.Time.AdvanceTo(Eve);
        await cluster.StartAsync();
        await Schedule(cluster, "s").CreateAsync(InTheGap, CancellationToken.None);
        await RestartAsync(cluster, cronos: false);

        ScheduleDetail gone = await Schedule(cluster, "s").GetAsync(CancellationToken.None);
        ScheduleDetail again = await Schedule(cluster, "s").UpdateAsync(InTheGap, null, "me", CancellationToken.None);

        Assert.Null(gone.NextInstant);
        Assert.Contains("'cronos'", gone.Description, StringComparison.Ordinal);
        Assert.Equal(ScheduleState.Active, gone.State);
        Assert.Equal(DayAfter, again.NextInstant);
    }

    private static ISchedule Schedule(TestCluster cluster, string name) =>
        cluster.Client.GetRequiredService<IActorDirectory>().Get<ISchedule>($"owner/{name}");

    private async Task RestartAsync(TestCluster cluster, bool cronos)
    {
        await cluster.StopSilosAsync();
        await cluster.EndAsync();
        _cronos = cronos;
        await cluster.StartAsync();
    }

    private TestCluster Create() => new(
        _board,
        1,
        time => new ClusterSchedulerOptions { Time = time, Handlers = _handlers },
        silo =>
        {
            if (_cronos)
            {
                silo.AddCronos();
            }
        });

    private sealed class Nothing : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }
}
