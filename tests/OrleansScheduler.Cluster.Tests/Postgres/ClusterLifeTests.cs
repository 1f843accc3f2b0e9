using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>Three silos as processes of their own on one database: killed, and stopped in order.</summary>
public sealed class ClusterLifeTests(PostgresServer server, ITestOutputHelper output)
{
    private const int Schedules = 6;
    private const int Writers = 8;

    [Fact]
    public async Task When_a_silo_is_killed_nothing_acknowledged_is_lost_and_schedules_go_on()
    {
        await using var group = new SiloGroup(await server.NewDatabaseAsync(), 3);
        await group.StartAsync(0, "--definitions", group.Write("scheduler.yaml", Ticking()));
        await Task.WhenAll(group.StartAsync(1), group.StartAsync(2));
        var refusals = new ConcurrentDictionary<string, int>();
        SteadyWriter[] writers = [.. Enumerable.Range(0, Writers).Select(number => new SteadyWriter(group, number, refusals))];
        string[] spaces = [.. writers.Select(writer => writer.Space)];
        await group.SpreadAsync(spaces);
        await Task.WhenAll(writers.Select(writer => writer.WriteAsync(20)));
        foreach (int number in Enumerable.Range(1, Schedules))
        {
            await PassAsync(group.Silos[number % 3], $"tick{number}", 1);
        }

        int held = await group.CountInAsync(2, spaces);
        Assert.InRange(held, 1, Writers - 1);
        Task writing = Task.WhenAll(writers.Select(writer => writer.WriteAsync(60)));
        await group.Silos[2].KillAsync();
        await writing;

        TimeSpan failover = writers.Max(writer => writer.LongestGap);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held} of {Writers} spaces in the killed silo; fail-over {failover.TotalSeconds:0.00} s; refusals {string.Join(", ", refusals)}"));
        foreach (SteadyWriter writer in writers)
        {
            await writer.AssertStoredAsync(group.Silos[0]);
            await writer.AssertStoredAsync(group.Silos[1]);
        }

        // One commit may have been on its way; the second one is of a run that began after the end.
        await Task.WhenAll(Enumerable.Range(1, Schedules).Select(number => PassAsync(group.Silos[number % 2], $"tick{number}", 2)));
        Assert.Equal("2", await ActiveSilosAsync(group.Silos[0]));
    }

    [Fact]
    public async Task A_silo_that_stops_in_order_hands_its_work_over()
    {
        await using var group = new SiloGroup(await server.NewDatabaseAsync(), 3);
        await group.StartAsync(0, "--definitions", group.Write("scheduler.yaml", Ticking()));
        await Task.WhenAll(group.StartAsync(1), group.StartAsync(2));
        var refusals = new ConcurrentDictionary<string, int>();
        SteadyWriter[] writers = [.. Enumerable.Range(0, Writers).Select(number => new SteadyWriter(group, number, refusals))];
        string[] spaces = [.. writers.Select(writer => writer.Space)];
        await group.SpreadAsync(spaces);
        await Task.WhenAll(writers.Select(writer => writer.WriteAsync(20)));

        Assert.InRange(await group.CountInAsync(2, spaces), 1, Writers - 1);
        Task writing = Task.WhenAll(writers.Select(writer => writer.WriteAsync(60)));
        int exitCode = await group.Silos[2].TerminateAsync();
        await writing;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"longest gap {writers.Max(writer => writer.LongestGap).TotalSeconds:0.00} s; refusals {string.Join(", ", refusals)}"));
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("error:", group.Silos[2].Said, StringComparison.Ordinal);
        foreach (SteadyWriter writer in writers)
        {
            await writer.AssertStoredAsync(group.Silos[0]);
        }

        await Task.WhenAll(Enumerable.Range(1, Schedules).Select(number => PassAsync(group.Silos[number % 2], $"tick{number}", 2)));
        Assert.All(group.Silos, silo => Assert.DoesNotContain(SiloGroup.Password, silo.Said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_tables_a_silo_does_not_start()
    {
        string connection = await server.NewDatabaseAsync(schema: false);

        (int exitCode, string said) = await SiloProcess.RunAsync(
            connection + ";Password=" + SiloGroup.Password, "--data", Directory.CreateTempSubdirectory("scheduler-").FullName);

        Assert.Equal(4, exitCode);
        Assert.Contains("error: The database has no schema. Start once with --apply-schema", said, StringComparison.Ordinal);
        Assert.DoesNotContain(SiloGroup.Password, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_memory_two_silos_of_one_machine_are_a_cluster()
    {
        int[] ports = SiloProcess.FreePorts(4);
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        string folder = Directory.CreateTempSubdirectory("scheduler-").FullName;
        await using SiloProcess first = await SiloProcess.StartAsync(
            null, "--silo-port", Text(ports[0]), "--gateway-port", Text(ports[1]), "--data", Path.Combine(folder, "1"));
        await using SiloProcess second = await SiloProcess.StartAsync(
            null, "--silo-port", Text(ports[2]), "--gateway-port", Text(ports[3]), "--primary", Text(ports[0]), "--data", Path.Combine(folder, "2"));

        await first.PutAsync("spaces/shared/documents/value", "7");

        Assert.Equal(7, (await second.GetAsync("spaces/shared/documents/value")).GetProperty("value").GetInt32());
        Assert.Contains("Memory only: when the silos stop, everything is gone.", first.Said, StringComparison.Ordinal);
        Assert.Equal(0, await second.TerminateAsync());
        Assert.Equal(0, await first.TerminateAsync());
    }

    private static string Ticking() => "name: life\nspaces:\n"
        + string.Concat(Enumerable.Range(1, Schedules).Select(number => $"  tick{number}: {{documents: {{seed: 1}}}}\n"))
        + "schedules:\n"
        + string.Concat(Enumerable.Range(1, Schedules).Select(number =>
            $"  tick{number}: {{every: 3s, target: {{handler: expression, space: tick{number}, payload: {{script: instant, write: now}}}}}}\n"));

    // Waits on the server until so many more commits are there.
    private static async Task PassAsync(SiloProcess silo, string space, int commits)
    {
        long sequence = (await silo.GetAsync($"spaces/{space}/commits?after=9007199254740991")).GetProperty("sequence").GetInt64();
        for (int wait = 0; commits > 0; wait++)
        {
            Assert.True(wait < 6, $"{space} got no commit.");
            long now = (await silo.GetAsync($"spaces/{space}/commits?after={sequence}&limit=1&wait=20s")).GetProperty("sequence").GetInt64();
            commits -= now > sequence ? 1 : 0;
            sequence = now;
        }
    }

    private static async Task<string?> ActiveSilosAsync(SiloProcess silo) =>
        (await silo.GetAsync("../../health/ready")).GetProperty("components")[0].GetProperty("data").GetProperty("active_silos").GetString();
}
