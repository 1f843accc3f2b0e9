using System.Diagnostics;
using OrleansScheduler.Simulation.Running;
using Xunit;

namespace OrleansScheduler.Simulation;

/// <summary>A seed decides everything.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void The_same_seed_is_the_same_history(int seed)
    {
        Outcome one = Simulator.Run(seed);

        Outcome other = Simulator.Run(seed);

        Assert.Equal((one.Hash, one.Turns, one.Entries, one.Simulated), (other.Hash, other.Turns, other.Entries, other.Simulated));
        Assert.Equal(one.Notes, other.Notes);
    }

    [Fact]
    public async Task Two_processes_play_the_same_history()
    {
        string[] hashes = await Task.WhenAll(HashesAsync(), HashesAsync());

        Assert.Contains("seed 5 hash", hashes[0], StringComparison.Ordinal);
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void Other_seeds_are_other_histories() => Assert.NotEqual(Simulator.Run(3).Hash, Simulator.Run(4).Hash);

    private static async Task<string> HashesAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DeterminismTests).Assembly.Location, "--seed", "3", "--seeds", "3", "--jobs", "1", "--hash"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string[] lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return string.Join('\n', lines.Where(line => line.Contains(" hash ", StringComparison.Ordinal)));
    }
}
