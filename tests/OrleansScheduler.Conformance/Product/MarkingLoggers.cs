using Microsoft.Extensions.Logging;
using OrleansScheduler.Conformance.Probes;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Turns log messages into marks, so that a test can await what the product says that it knows.</summary>
public sealed class MarkingLoggers(ProbeBoard board) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new MarkingLogger(board);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class MarkingLogger(ProbeBoard board) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name is not { } name)
            {
                return;
            }

            board.Mark($"log:{name}");
            foreach (var (key, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
            {
                if (key != "{OriginalFormat}")
                {
                    board.Mark($"log:{name}:{value}");
                }
            }
        }
    }
}
