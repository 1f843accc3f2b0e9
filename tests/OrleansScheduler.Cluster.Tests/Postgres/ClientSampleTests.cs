using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Cluster.Tests.Clusters;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The sample of a client, as a process beside a silo.</summary>
public sealed class ClientSampleTests
{
    [Fact]
    public async Task It_calls_a_space_and_a_schedule()
    {
        string[] ports = [.. SiloProcess.FreePorts(2).Select(port => port.ToString(CultureInfo.InvariantCulture))];
        string folder = Directory.CreateTempSubdirectory("scheduler-").FullName;
        string definitions = Path.Combine(folder, "scheduler.yaml");
        await File.WriteAllTextAsync(
            definitions,
            "name: demo\nspaces:\n  demo: {documents: {seed: 1}}\n"
            + "schedules:\n  demo: {when: every weekday at 09:30, zone: Europe/Berlin, target: {handler: expression, space: demo, payload: {script: instant, write: now}}}\n");
        await using SiloProcess silo = await SiloProcess.StartAsync(
            null, "--silo-port", ports[0], "--gateway-port", ports[1], "--data", folder, "--definitions", definitions);

        using Process client = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OrleansScheduler.Samples.Client.dll"), ports[1]])
        {
            RedirectStandardOutput = true,
        })!;
        string said = await client.StandardOutput.ReadToEndAsync().WaitAsync(TestLimits.OneMax);
        await client.WaitForExitAsync();

        Assert.Equal(0, client.ExitCode);
        Assert.Contains("committed as ", said, StringComparison.Ordinal);
        Assert.Contains("At 09:30, on Monday to Friday (Europe/Berlin); next at ", said, StringComparison.Ordinal);
        Assert.Equal("hello", (await silo.GetAsync("spaces/demo/documents/greeting")).GetProperty("value").GetString());
    }
}
