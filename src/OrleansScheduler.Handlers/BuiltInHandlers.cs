using System.Collections.Immutable;
using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Handlers.Files;
using OrleansScheduler.Handlers.Http;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers;

/// <summary>The built-in handlers with what their runs share: worker processes, connections, running programs.</summary>
/// <remarks>
/// To be disposed after the engine has stopped: that ends the workers, and waits until the programs that still run have
/// ended, at most <see cref="ProcessHandlerOptions.TerminationGrace"/> and a little.
/// </remarks>
public sealed class BuiltInHandlers : IAsyncDisposable
{
    private readonly ExpressionWorkerPool? _pool;
    private readonly SocketsHttpHandler? _transport;
    private readonly HttpMessageInvoker? _invoker;
    private readonly RunningHandlers _running = new();

    /// <summary>Makes the handlers; starts nothing yet.</summary>
    /// <param name="options">Which, and their limits.</param>
    /// <exception cref="InvalidOperationException">This program was started as a worker: its Main does not call
    /// <see cref="HandlerWorker.TryRun"/>.</exception>
    public BuiltInHandlers(BuiltInHandlersOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var all = ImmutableArray.CreateBuilder<BuiltInHandler>();
        if (options.Expressions is { } expressions)
        {
            _pool = new ExpressionWorkerPool(expressions, options.Time);
            all.Add(BuiltInHandler.Of(
                "expression", () => new ExpressionHandler(_pool, expressions), payload => ExpressionPayload.Of(payload, expressions)));
        }

        if (options.Files is { } files)
        {
            all.Add(BuiltInHandler.Of("file", () => new FileHandler(files), payload => FilePayload.Of(payload)));
        }

        if (options.Http is { } http)
        {
            _transport = http.Transport is null ? HttpHandler.CreateTransport(http) : null;
            _invoker = new HttpMessageInvoker(http.Transport ?? _transport!, disposeHandler: false);
            all.Add(BuiltInHandler.Of("http", () => new HttpHandler(_invoker, http, options.Time), payload => HttpPayload.Of(payload, http)));
        }

        if (options.Processes is { } processes)
        {
            all.Add(BuiltInHandler.Of(
                "process", () => new ProcessHandler(processes, options.Time, _running), payload => ProcessPayload.Of(payload)));
        }

        All = all.ToImmutable();
    }

    /// <summary>The handlers that the options ask for, in the order of their names.</summary>
    public ImmutableArray<BuiltInHandler> All { get; }

    /// <summary>The handler of that name; null when there is none.</summary>
    /// <param name="name">Compared by ordinal.</param>
    public BuiltInHandler? Find(string name) => All.FirstOrDefault(handler => handler.Name == name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        if (_pool is not null)
        {
            await _pool.DisposeAsync();
        }

        _invoker?.Dispose();
        _transport?.Dispose();
    }
}
