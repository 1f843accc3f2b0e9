using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Embedded.Tests.Actors.OnSqlite;

public sealed class CancellationConformance : CancellationTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => SqliteEngine.StartAsync(settings);
}
