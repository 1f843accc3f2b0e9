using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Hosts;

/// <summary>A real silo, used through the real command line as any other host is.</summary>
[Collection(PostgresGroup.Name)]
public sealed class SiloSurfaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

    [Fact]
    public async Task The_sample_runs_on_a_silo_in_memory_and_every_command_finds_it()
    {
        await using SiloProcess silo = await StartAsync("--sample");
        var osched = new CommandLine(silo, _folder);
        string sample = Write("scheduler.yaml", EarthquakeSample.DefinitionFile);

        var applied = await osched.RunAsync("apply", "-f", sample, "--json");
        var run = await osched.RunAsync("schedule", "run", "feeder", "--json");
        await silo.GetAsync("spaces/earthquakes/commits?after=5&wait=20s");
        var paused = await osched.RunAsync("schedule", "pause", "feeder");
        await silo.GetAsync("spaces/earthquakes/idle?wait=20s");
        var ranking = await osched.RunAsync("space", "get", "earthquakes", "ranking");
        var runs = await osched.RunAsync("runs", "ls", "feeder", "--limit", "200");
        var shown = await osched.RunAsync("schedule", "show", "feeder");
        var governor = await osched.RunAsync("governor");

        Assert.Contains("Memory only: when the silos stop, everything is gone.", silo.Said, StringComparison.Ordinal);
        Assert.All(new[] { applied, run, paused, ranking, runs, shown, governor }, result => Assert.True(result.ExitCode == 0, result.Output + result.Errors));
        JsonElement changes = JsonDocument.Parse(applied.Output).RootElement.GetProperty("changes");
        Assert.NotEqual(0, changes.GetArrayLength());
        Assert.All(changes.EnumerateArray(), change => Assert.Equal("unchanged", change.GetProperty("change").GetString()));
        Assert.Contains("completed", runs.Output, StringComparison.Ordinal);
        Assert.Contains("paused", shown.Output, StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(ranking.Output).RootElement.ValueKind);
    }

    [Fact]
    public async Task A_crontab_is_imported_allowed_and_runs_on_a_silo()
    {
        await using SiloProcess silo = await StartAsync();
        var osched = new CommandLine(silo, _folder);
        string pipe = Path.Combine(_folder, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        string crontab = Write("my.crontab", $"0 0 1 1 * echo here > {pipe}");

        var imported = await osched.RunAsync("import", "crontab", crontab, "--name", "mine", "--allow");
        string name = (await silo.GetAsync("schedules")).GetProperty("names").EnumerateArray().Select(one => one.GetString()!)
            .Single(one => one.StartsWith("mine-", StringComparison.Ordinal));
        var run = await osched.RunAsync("schedule", "run", name);
        string said = await File.ReadAllTextAsync(pipe);
        var permissions = await osched.RunAsync("permissions", "ls");

        Assert.All(new[] { imported, run, permissions }, result => Assert.True(result.ExitCode == 0, result.Output + result.Errors));
        Assert.Equal("here\n", said);
    }

    [Fact]
    public async Task In_memory_an_export_is_refused_with_a_code_and_what_to_do()
    {
        await using SiloProcess silo = await StartAsync();
        string archive = Path.Combine(_folder, "backup.jsonl");

        var refused = await new CommandLine(silo, _folder).RunAsync("export", archive);

        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("host_unable", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing lists its rows", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--postgres", refused.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(archive));
    }

    [Fact]
    public async Task With_cronos_a_schedule_names_who_tells_its_instants()
    {
        await using SiloProcess silo = await StartAsync("--cronos");
        var osched = new CommandLine(silo, _folder);
        string file = Write("scheduler.yaml", """
            name: shop
            schedules:
              nightly: {when: 30 2 * * *, zone: Europe/Berlin, target: {handler: expression, space: shop, payload: {script: "1", write: one}}}
            """);

        var applied = await osched.RunAsync("apply", "-f", file);
        string? description = (await silo.GetAsync("schedules/nightly")).GetProperty("description").GetString();

        Assert.True(applied.ExitCode == 0, applied.Output + applied.Errors);
        Assert.Equal("At 02:30, every day, by cronos (Europe/Berlin)", description);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<SiloProcess> StartAsync(params string[] arguments)
    {
        int[] ports = SiloProcess.FreePorts(2);
        return SiloProcess.StartAsync(null, ["--silo-port", Text(ports[0]), "--gateway-port", Text(ports[1]), "--data", _folder, .. arguments]);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
