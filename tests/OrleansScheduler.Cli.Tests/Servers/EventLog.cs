using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Cli.Servers;

/// <summary>Lets a test wait for what the product says that it has done.</summary>
internal sealed class EventLog : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);

    /// <summary>Completes with the next message of that text.</summary>
    public Task SeenAsync(string text)
    {
        lock (_gate)
        {
            return (_awaited[text] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            if (_awaited.Remove(formatter(state, exception), out var seen))
            {
                seen.SetResult();
            }
        }
    }

    public void Dispose()
    {
    }
}
