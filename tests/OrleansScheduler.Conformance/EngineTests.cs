namespace OrleansScheduler.Conformance;

/// <summary>What every conformance class starts from; each engine derives one concrete class from each of them.</summary>
public abstract class EngineTests
{
    /// <summary>Starts a fresh engine on empty storage.</summary>
    protected abstract Task<EngineUnderTest> StartEngineAsync(EngineSettings settings);

    /// <summary>Starts one with the settings of production.</summary>
    protected Task<EngineUnderTest> StartEngineAsync() => StartEngineAsync(new EngineSettings());
}
