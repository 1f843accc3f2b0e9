using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Turns what the scheduler logs in a silo into marks, and nothing of Orleans.</summary>
internal sealed class MarkingProvider(ProbeBoard board) : ILoggerProvider
{
    private readonly MarkingLoggers _loggers = new(board);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("OrleansScheduler", StringComparison.Ordinal) ? _loggers.CreateLogger(categoryName) : NullLogger.Instance;

    public void Dispose()
    {
    }
}
