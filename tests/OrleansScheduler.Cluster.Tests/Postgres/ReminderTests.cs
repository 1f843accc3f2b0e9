using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Clusters;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>Reminders of Orleans itself. Its shortest period is a minute, so this waits for one.</summary>
public sealed class ReminderTests(PostgresServer server)
{
    [Fact]
    public async Task When_all_silos_were_killed_a_reminder_wakes_the_schedule_whose_run_they_took_along()
    {
        string connection = await server.NewDatabaseAsync();
        await using var group = new SiloGroup(connection, 3);
        await group.StartAsync(0, "--definitions", group.Write("scheduler.yaml", """
            name: life
            spaces:
              long: {documents: {seed: 1}}
            schedules:
              endless: {every: 300d, target: {handler: expression, space: long, payload: {script: "for (;;) { }", write: never, time_limit: 60s}}}
            """));
        await Task.WhenAll(group.StartAsync(1), group.StartAsync(2));
        await group.Silos[1].PutAsync("spaces/kept/documents/value", "42");
        await group.Silos[1].PostAsync("schedules/endless/execute");
        await using var news = await RowNews.ListenToReminderAsync(connection, "scheduler.schedule/%endless%");
        Assert.Equal(1, await PostgresServer.AskAsync<long>(connection, "SELECT count(*) FROM scheduler_reminder WHERE grain LIKE 'scheduler.schedule/%endless%'"));

        await Task.WhenAll(group.Silos.Select(silo => silo.KillAsync()));

        // On hold the clocks fire nothing, and nobody calls the schedule: only its reminder can wake it.
        await group.StartAsync("--hold");
        await news.NextAsync(TimeSpan.FromMinutes(1) + TestLimits.OneMax);

        JsonElement value = await group.Silos[2].GetAsync("spaces/kept/documents/value");
        Assert.Equal(42, value.GetProperty("value").GetInt32());
        JsonElement schedule = await group.Silos[0].GetAsync("schedules/endless");
        Assert.Equal("host_lost", schedule.GetProperty("last_run").GetProperty("status").GetString());
        Assert.Empty(schedule.GetProperty("open_runs").EnumerateArray());
    }
}
