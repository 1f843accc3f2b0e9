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
    public void Other_seeds_are_other_histories() => Assert.NotEqual(Simulator.Run(3).Hash, Simulator.Run(4).Hash);
}
