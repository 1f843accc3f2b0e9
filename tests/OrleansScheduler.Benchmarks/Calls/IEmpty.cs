using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Calls;

/// <summary>An actor that does nothing but count.</summary>
[Actor("benchmark-empty")]
internal interface IEmpty
{
    /// <summary>The empty call.</summary>
    Task CallAsync();

    /// <summary>How many empty calls there were.</summary>
    Task<long> CountAsync();
}
