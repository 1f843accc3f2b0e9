using System.Text.Json;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>Start, refusal and end of the real process.</summary>
public sealed class HostLifeTests
{
    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_and_harms_nothing()
    {
        using var folder = new DataFolder();
        await using HostProcess first = await HostProcess.StartAsync(folder.Path, "--hold");

        (int exitCode, _, string errors) = await HostProcess.RunAsync("--data", folder.Path);

        Assert.Equal(3, exitCode);
        Assert.Contains(folder.Path, errors, StringComparison.Ordinal);
        JsonElement storage = (await first.GetAsync("../../health/ready")).GetProperty("components").EnumerateArray()
            .Single(component => component.GetProperty("name").GetString() == "storage");
        Assert.Equal("healthy", storage.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_orderly_stop_ends_with_zero_and_the_next_start_runs_nothing()
    {
        using var folder = new DataFolder();
        await using (HostProcess first = await HostProcess.StartAsync(folder.Path))
        {
            await first.GetAsync("spaces/earthquakes/commits?after=100&wait=20s");
            Assert.Equal(0, await first.TerminateAsync());
        }

        StoredSpace stored = await StoredSpace.ReadAsync(folder);
        await using HostProcess second = await HostProcess.StartAsync(folder.Path, "--hold");
        await second.GetAsync("spaces/earthquakes/idle?wait=20s");

        JsonElement graph = await second.GetAsync("spaces/earthquakes/graph");
        foreach (JsonElement node in graph.GetProperty("nodes").EnumerateArray())
        {
            string action = node.GetProperty("action").GetString()!;
            if (stored.Unreached.Contains(Identity.ActionId.Parse(action)))
            {
                Assert.Equal(stored.Runs[Identity.ActionId.Parse(action)], node.GetProperty("runs").GetInt64());
            }
        }
    }

    [Fact]
    public async Task A_damaged_row_shows_in_the_health_of_a_host_that_goes_on()
    {
        using var folder = new DataFolder();
        await using (HostProcess first = await HostProcess.StartAsync(folder.Path))
        {
            await first.GetAsync("spaces/earthquakes/commits?after=100&wait=20s");
            Assert.Equal(0, await first.TerminateAsync());
        }

        // In everything that is stored of a quake, a bit flips on the disk.
        string path = Path.Combine(folder.Path, "scheduler.db");
        byte[] file = await File.ReadAllBytesAsync(path);
        for (int place = 0; file.AsSpan(place).IndexOf("quake."u8) is >= 0 and var next; place += next + 1)
        {
            file[place + next] ^= 1;
        }

        await File.WriteAllBytesAsync(path, file);

        await using HostProcess second = await HostProcess.StartAsync(folder.Path, "--hold", "--no-sample");
        await second.GetAsync("schedules");
        JsonElement storage = (await second.GetAsync("../../health/ready")).GetProperty("components").EnumerateArray()
            .Single(component => component.GetProperty("name").GetString() == "storage");

        Assert.Equal("degraded", storage.GetProperty("status").GetString());
        Assert.Contains("corrupt_state", storage.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("space/default/earthquakes", storage.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("0", storage.GetProperty("data").GetProperty("rows_damaged").GetString());
    }

    [Fact]
    public async Task The_secret_of_administrators_is_made_once_and_only_its_owner_can_read_it()
    {
        using var folder = new DataFolder();
        string path = Path.Combine(folder.Path, "administrator.token");
        await using (HostProcess first = await HostProcess.StartAsync(folder.Path, "--no-sample"))
        {
            Assert.Equal(0, await first.TerminateAsync());
        }

        string token = await File.ReadAllTextAsync(path);
        await using HostProcess second = await HostProcess.StartAsync(folder.Path, "--no-sample");

        Assert.Matches("^[0-9a-f]{64}\n$", token);
        Assert.Equal(token, await File.ReadAllTextAsync(path));
        Assert.DoesNotContain(token.Trim(), second.Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task An_unknown_argument_is_named()
    {
        (int exitCode, _, string errors) = await HostProcess.RunAsync("--colour", "red");

        Assert.Equal(2, exitCode);
        Assert.Contains("--colour", errors, StringComparison.Ordinal);
    }
}
