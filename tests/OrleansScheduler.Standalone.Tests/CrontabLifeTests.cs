using System.Diagnostics;
using System.Text.Json;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>A crontab replaced by two commands, and what crashes leave of its jobs.</summary>
public sealed class CrontabLifeTests
{
    [Fact]
    public async Task A_crontab_is_imported_allowed_and_runs_at_the_next_start()
    {
        using var folder = new DataFolder();
        using var pipe = new NamedPipe(folder);
        string crontab = folder.Write("my.crontab", $"""
            GREETING=good morning
            @reboot echo "$GREETING at 100\%" | tee {pipe.Path}
            30 6 * * mon-fri true
            */5 ? * * * true
            """);
        HostProcess host = await HostProcess.StartAsync(folder.Path, "--no-sample");

        var imported = await CommandLine.RunAsync(host, folder.Path, "import", "crontab", crontab, "--name", "mine", "--zone", "Europe/Berlin", "--allow");
        await host.KillAsync();
        await host.DisposeAsync();
        Task<string> said = pipe.ReadAsync();
        await using HostProcess again = await HostProcess.StartAsync(folder.Path, "--no-sample");

        Assert.Equal(5, imported.ExitCode);
        Assert.Contains("At 06:30, on Monday to Friday (Europe/Berlin)", imported.Output, StringComparison.Ordinal);
        Assert.Contains("At each start of the deployment", imported.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^4\s+5\s+'\?'", imported.Output);
        Assert.Equal("good morning at 100%\n", await said);
        string name = await NameOfAsync(again, "mine-echo");
        string ended = await CommandLine.RunUntilAsync(again, folder.Path, name, "runs", "tail", name, "--follow");
        Assert.Contains("completed", ended, StringComparison.Ordinal);
        JsonElement run = (await again.GetAsync($"schedules/{name}/runs")).GetProperty("runs")[0];
        Assert.Contains("good morning at 100%", run.GetProperty("log").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_command_survives_the_start_after_a_crash()
    {
        using var folder = new DataFolder();
        using var pipe = new NamedPipe(folder);
        string crontab = folder.Write("my.crontab", $"0 0 1 1 * sleep 10000 & (setsid sleep 10000 & echo $$ $! > {pipe.Path}); sleep 10000");
        HostProcess host = await HostProcess.StartAsync(folder.Path, "--no-sample");
        Assert.Equal(0, (await CommandLine.RunAsync(host, folder.Path, "import", "crontab", crontab, "--allow")).ExitCode);
        string name = await NameOfAsync(host, "crontab-");
        Task<string> said = pipe.ReadAsync();
        Assert.Equal(0, (await CommandLine.RunAsync(host, folder.Path, "schedule", "run", name)).ExitCode);
        int[] pids = [.. (await said).Split(' ').Select(int.Parse)];
        Assert.All(pids, pid => Assert.True(Directory.Exists($"/proc/{pid}")));

        await host.KillAsync();
        await host.DisposeAsync();
        await using HostProcess again = await HostProcess.StartAsync(folder.Path, "--no-sample");

        Assert.All(pids, pid => Assert.False(IsRunning(pid), $"{pid} survived."));
        JsonElement run = (await again.GetAsync($"schedules/{name}/runs")).GetProperty("runs")[0];
        Assert.Equal("host_lost", run.GetProperty("status").GetString());
        Assert.Contains("had left", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_nobody_allowed_does_not_run_even_when_its_schedule_does()
    {
        using var folder = new DataFolder();
        string trace = Path.Combine(folder.Path, "trace");
        string crontab = folder.Write("my.crontab", $"* * * * * touch {trace}");
        await using HostProcess host = await HostProcess.StartAsync(folder.Path, "--no-sample");
        Assert.Equal(0, (await CommandLine.RunAsync(host, folder.Path, "import", "crontab", crontab)).ExitCode);
        string name = await NameOfAsync(host, "crontab-touch");

        await CommandLine.RunAsync(host, folder.Path, "schedule", "run", name);
        string ended = await CommandLine.RunUntilAsync(host, folder.Path, name, "runs", "tail", name, "--follow");

        Assert.Contains("command_not_allowed", ended, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
        Assert.Equal("paused", (await host.GetAsync($"schedules/{name}")).GetProperty("state").GetString());
    }

    private static async Task<string> NameOfAsync(HostProcess host, string prefix) =>
        (await host.GetAsync("schedules")).GetProperty("names").EnumerateArray().Select(name => name.GetString()!).Single(name => name.StartsWith(prefix, StringComparison.Ordinal));

    // One that has ended and that nobody waits for any more is no process that runs.
    private static bool IsRunning(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A pipe with a name, through which a command tells the test that it is there.</summary>
    private sealed class NamedPipe : IDisposable
    {
        public NamedPipe(DataFolder folder)
        {
            Path = System.IO.Path.Combine(folder.Path, "pipe");
            using Process made = Process.Start("mkfifo", [Path]);
            made.WaitForExit();
        }

        public string Path { get; }

        public Task<string> ReadAsync() => Task.Run(() => File.ReadAllText(Path));

        public void Dispose() => File.Delete(Path);
    }
}
