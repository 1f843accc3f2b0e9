using OrleansScheduler.Simulation.Checking;
using OrleansScheduler.Simulation.Planting;
using OrleansScheduler.Simulation.Running;
using Xunit;

namespace OrleansScheduler.Simulation;

/// <summary>The simulation finds what is wrong on purpose.</summary>
public sealed class PlantedBugTests
{
    private const int SeedsMax = 40;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_bug_is_found(string name)
    {
        PlantedBug bug = PlantedBugs.All.Single(one => one.Name == name);

        Violation? broken = PlantedBugs.Find(bug, SeedsMax).Broken;

        Assert.True(broken is not null, $"'{name}' was not found in {SeedsMax} seeds by any of {string.Join(", ", bug.Rules)}.");
    }
}
