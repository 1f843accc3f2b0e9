using Orleans.Hosting;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Reminders;

/// <summary>Wake-ups through the reminder service of Orleans itself, with its table in memory.</summary>
/// <remarks>The conformance tests move a clock of their own, which that service does not keep up with; here it has the real one.</remarks>
public sealed class ReminderWakeupTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task An_actor_that_has_ended_comes_back_by_its_reminder()
    {
        await using var cluster = new ReminderCluster(silo => silo.UseInMemoryReminderService());
        await cluster.StartAsync();
        await cluster.Probe("a").WakeAtAsync(cluster.Now + Soon);
        await cluster.Probe("a").EndAsync();
        await cluster.Board.MarkedAsync("flushed:a");

        await cluster.Board.MarkedAsync("loading:a", 2);
        await cluster.Board.MarkedAsync("awake:a");

        Assert.Equal(2, await cluster.Probe("a").LifeAsync());
    }

    [Fact]
    public async Task A_wakeup_that_is_cleared_does_not_come_while_a_later_one_does()
    {
        await using var cluster = new ReminderCluster(silo => silo.UseInMemoryReminderService());
        await cluster.StartAsync();
        await cluster.Probe("a").WakeAtAsync(cluster.Now + Soon);
        await cluster.Probe("b").WakeAtAsync(cluster.Now + (2 * Soon));

        await cluster.Probe("a").WakeAtAsync(null);
        await cluster.Board.MarkedAsync("awake:b");

        Assert.DoesNotContain("woken:a", cluster.Board.Marks);
    }
}
