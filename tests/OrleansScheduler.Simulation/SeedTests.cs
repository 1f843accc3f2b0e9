using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Running;
using Xunit;

namespace OrleansScheduler.Simulation;

/// <summary>The whole product under a hundred seeds.</summary>
public sealed class SeedTests
{
    private const int Batch = 10;

    public static TheoryData<int> Firsts => [.. Enumerable.Range(0, 10).Select(batch => 1 + (batch * Batch))];

    [Theory]
    [MemberData(nameof(Firsts))]
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
