using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Simulation.Running;

/// <summary>Puts warnings of the product among the notes.</summary>
internal sealed class NotingLoggers(World world) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            world.Note($"  log: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
        }
    }
}
