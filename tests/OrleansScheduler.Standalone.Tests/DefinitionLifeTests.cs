using System.Text.Json;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>Definitions that a host is given at its start, with the handlers that it brings.</summary>
public sealed class DefinitionLifeTests
{
    [Fact]
    public async Task A_file_is_applied_at_the_start_and_expressions_run_in_processes_of_the_host_itself()
    {
        using var folder = new DataFolder();
        string file = folder.Write("scheduler.yaml", """
            name: shop
            groups:
              sums: {cap: 1}
            spaces:
              shop:
                documents:
                  prices: [1.5, 2.25]
            schedules:
              total:
                when: every weekday at 09:30
                zone: Europe/Berlin
                group: sums
                target:
                  handler: expression
                  space: shop
                  payload:
                    read: {prices: prices}
                    script: prices.reduce(function (a, b) { return a + b; }, 0)
                    write: total
            """);
        await using HostProcess host = await HostProcess.StartAsync(folder.Path, "--no-sample", "--definitions", file);

        await host.PostAsync("schedules/total/execute");
        await host.GetAsync("spaces/shop/commits?after=1&wait=20s");

        Assert.Equal("3.75", (await host.GetAsync("spaces/shop/documents/total")).GetProperty("value").GetRawText());
        Assert.Equal(1, (await host.GetAsync("governor")).GetProperty("settings").GetProperty("groups").GetProperty("sums").GetInt32());
        JsonElement schedule = await host.GetAsync("schedules/total");
        Assert.Equal("At 09:30, on Monday to Friday (Europe/Berlin)", schedule.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_file_with_faults_keeps_the_host_from_starting_and_each_fault_is_told_with_its_place()
    {
        using var folder = new DataFolder();
        string file = folder.Write("scheduler.yaml", "schedules:\n  bad:\n    when: 61 * * * *\n    target: {handler: expression}\n    colour: red\n");

        (int exitCode, _, string errors) = await HostProcess.RunAsync("--data", folder.Path, "--no-sample", "--definitions", file);

        Assert.Equal(6, exitCode);
        Assert.Contains($"{file}:3:11: schedules.bad.when: ", errors, StringComparison.Ordinal);
        Assert.Contains($"{file}:5:5: schedules.bad.colour: ", errors, StringComparison.Ordinal);
    }
}
