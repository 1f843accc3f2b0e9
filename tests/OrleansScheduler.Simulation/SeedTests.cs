using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;
using Xunit;

namespace OrleansScheduler.Simulation;

/// <summary>The whole product under a hundred seeds.</summary>
public sealed class SeedTests
{
    private const int Batch = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(51)]
    [InlineData(76)]
    public void The_product_keeps_its_promises(int first)
    {
        for (int seed = first; seed < first + Batch; seed++)
        {
            Outcome outcome = Simulator.Run(seed);
            if (outcome.Broken is { } broken && KnownFaults.NameOf(broken) is null)
            {
                Assert.Fail(Report.Of(outcome, null));
            }
        }
    }
}
