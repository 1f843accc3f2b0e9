using System.Text.Json;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>Export of a real host that runs, and import into another folder.</summary>
public sealed class ArchiveLifeTests
{
    [Fact]
    public async Task What_a_running_host_exports_another_one_goes_on_with()
    {
        using var folder = new DataFolder();
        using var target = new DataFolder();
        string archive = Path.Combine(folder.Path, "backup.jsonl");
        JsonElement space;
        await using (HostProcess host = await HostProcess.StartAsync(folder.Path, "--sample-period", "10ms"))
        {
            await host.GetAsync("spaces/earthquakes/commits?after=60&wait=20s");

            // While the sample runs, and then once more at rest, so that there is something to compare with.
            var busy = await CommandLine.RunAsync(host, folder.Path, "export", archive);
            Assert.Equal((0, ""), (busy.ExitCode, busy.Output));
            Assert.Contains("The archive is whole", busy.Errors, StringComparison.Ordinal);
            await host.PostAsync("schedules/feeder/pause");
            await host.GetAsync("spaces/earthquakes/idle?wait=20s");
            var rest = await CommandLine.RunAsync(host, folder.Path, "export", archive);
            Assert.Equal((0, ""), (rest.ExitCode, rest.Output));
            space = await ContentAsync(host);
            Assert.Equal(0, await host.TerminateAsync());
        }

        await using HostProcess restored = await HostProcess.StartAsync(target.Path, "--import", archive, "--hold");
        await restored.GetAsync("spaces/earthquakes/idle?wait=20s");

        Assert.Equal(space.GetRawText(), (await ContentAsync(restored)).GetRawText());
        Assert.Equal("2", await EpochAsync(restored));
        JsonElement changed = await restored.PutAsync("spaces/earthquakes/documents/note", "\"restored\"");
        Assert.True(changed.GetProperty("sequence").GetInt64() > 1L << 40);
        (int again, _, string refused) = await HostProcess.RunAsync("--data", folder.Path, "--import", archive);
        Assert.Equal(8, again);
        Assert.Contains(folder.Path, refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_killed_while_it_imports_leaves_a_folder_that_can_be_imported_into()
    {
        using var folder = new DataFolder();
        using var target = new DataFolder();
        string archive = Path.Combine(folder.Path, "backup.jsonl");
        await using (HostProcess host = await HostProcess.StartAsync(folder.Path, "--sample-period", "10ms"))
        {
            await host.GetAsync("spaces/earthquakes/commits?after=60&wait=20s");
            Assert.Equal(0, (await CommandLine.RunAsync(host, folder.Path, "export", archive)).ExitCode);
            Assert.Equal(0, await host.TerminateAsync());
        }

        // A pipe that gives half of the archive and no end holds the host in the middle of its import.
        string pipe = Path.Combine(folder.Path, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        byte[] bytes = await File.ReadAllBytesAsync(archive);
        await using (HostProcess importing = HostProcess.Launch(["--data", target.Path, "--import", pipe, "--hold"]))
        {
            await using (var writing = new FileStream(pipe, FileMode.Open, FileAccess.Write))
            {
                await writing.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
                await writing.FlushAsync();
                await importing.KillAsync();
            }
        }

        Assert.False(File.Exists(Path.Combine(target.Path, "scheduler.db")));
        File.WriteAllBytes(pipe + ".cut", bytes[..(bytes.Length / 2)]);
        (int cut, _, string reason) = await HostProcess.RunAsync("--data", target.Path, "--import", pipe + ".cut");
        Assert.Equal(7, cut);
        Assert.Contains("the archive is cut off", reason, StringComparison.Ordinal);

        await using HostProcess restored = await HostProcess.StartAsync(target.Path, "--import", archive, "--hold");

        Assert.Equal("2", await EpochAsync(restored));
        Assert.Equal(0, await restored.TerminateAsync());
    }

    private static async Task<JsonElement> ContentAsync(HostProcess host) => await host.GetAsync("spaces/earthquakes/documents?limit=1000");

    private static async Task<string?> EpochAsync(HostProcess host) =>
        (await host.GetAsync("../../health/ready")).GetProperty("components").EnumerateArray()
            .Single(component => component.GetProperty("name").GetString() == "storage")
            .GetProperty("data").GetProperty("epoch").GetString();
}
