using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Engine;
using OrleansScheduler.Handlers;
using OrleansScheduler.Handlers.Files;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Hosting;

/// <summary>The built-in handlers of the host: where their files are, and what an earlier process left behind.</summary>
internal sealed class HostHandlers : IAsyncDisposable
{
    // The engine has five seconds to stop in; a program gets less of them.
    private static readonly TimeSpan TerminationGrace = TimeSpan.FromSeconds(3);

    // What a handler may take to end in order after its time limit: the grace of its processes, twice, and a little.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<IActorDirectory> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BuiltInHandlers _handlers;
    private readonly ProcessLedger _ledger;
    private readonly ILogger _logger;

    /// <summary>Makes the handlers; nothing starts yet.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it says what it ended.</param>
    public HostHandlers(string data, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _ledger = new ProcessLedger(Path.Combine(data, "processes"));
        _handlers = new BuiltInHandlers(new BuiltInHandlersOptions
        {
            Time = time,
            Files = new FileHandlerOptions { Root = Path.Combine(data, "files") },
            Processes = new ProcessHandlerOptions
            {
                Ledger = _ledger,
                Permissions = new ActorPermissions(_ready.Task),
                TerminationGrace = TerminationGrace,
            },
        });
    }

    /// <summary>Registers them.</summary>
    public void AddTo(HandlerCatalog catalog)
    {
        foreach (BuiltInHandler handler in _handlers.All)
        {
            catalog.Add(handler.Name, handler.Create, handler.Version, Patience, handler.Validate);
        }
    }

    /// <summary>Ends the programs that a process before this one left behind; then new ones may start.</summary>
    /// <param name="directory">The way to the actors.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task BeginAsync(IActorDirectory directory, CancellationToken cancellation)
    {
        foreach (Survivor survivor in await _ledger.EndSurvivorsAsync(TerminationGrace, cancellation))
        {
            if (survivor.Outcome == SurvivorOutcome.Gone)
            {
                continue;
            }

            HostLog.Survivor(_logger, survivor.Outcome, survivor.Program, survivor.Pid, survivor.Run);
        }

        _ready.SetResult(directory);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handlers.DisposeAsync();
}
