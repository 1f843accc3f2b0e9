using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Embedded.Tests.Rows.Actors;

public sealed class WakeupConformance : WakeupTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => RowEngine.StartAsync(settings);
}
