using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Benchmarks.Firing;

/// <summary>Hears from the log that the end of a run is stored.</summary>
internal sealed class EndLogger(FiringBoard board) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "RunEnded")
        {
            board.End();
        }
    }
}
