using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Engine;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Embedded;

/// <summary>A scheduler that runs in this process.</summary>
public sealed class EmbeddedScheduler : IAsyncDisposable
{
    private readonly ActorEngine _engine;
    private readonly IEmbeddedStore _store;
    private readonly ClockGate _gate;
    private readonly ClockKeeper _keeper;
    private readonly DeploymentStart _start;
    private readonly BackgroundWatch _background;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SchedulerExports _exports;
    private readonly ILogger _logger;
    private Task _keeping = Task.CompletedTask;
    private Task<ImmutableArray<string>>? _stopped;
    private volatile Exception? _clockFault;

    private EmbeddedScheduler(EmbeddedSchedulerBuilder builder, IEmbeddedStore store, ITurnScheduler turns)
    {
        _store = store;
        _gate = new ClockGate(!builder.Hold);
        _logger = builder.Loggers.CreateLogger("OrleansScheduler.Embedded");
        _background = new BackgroundWatch(_logger);
        long seed = builder.Seed ?? (builder.Time.GetUtcNow().UtcTicks ^ (store.Incarnation << 48));
        _start = new DeploymentStart(NameOf(store), builder.Time.GetUtcNow(), NumberOf(store));
        _exports = new SchedulerExports(OpenArchiveAsync, builder.Time, _stopping.Token);
        var environment = new EngineEnvironment(store, store, builder.Time, turns, seed, builder.Loggers);
        ActorRegistry actors = ProductActors.Register(builder.Handlers, _gate, _start.Id, _background, builder.Loggers, builder.Journals, store.Epoch);
        _engine = new ActorEngine(builder.Actors?.Invoke(actors) ?? actors, environment, builder.Engine);
        _keeper = new ClockKeeper(_engine, _start, builder.Time);
    }

    /// <summary>The way to the actors.</summary>
    public IActorDirectory Directory => _engine;

    /// <summary>True while schedules do not fire because of <see cref="EmbeddedSchedulerBuilder.Hold"/>.</summary>
    public bool IsOnHold => !_gate.IsOpen;

    /// <summary>How the parts of the scheduler are.</summary>
    public SchedulerCondition Condition => new(_store.Statistics, _engine.Statistics, _store.Incarnation, IsOnHold, _clockFault?.Message, _background.Troubles)
    {
        Epoch = _store.Epoch, Export = _exports.UnderWay,
    };

    internal static async Task<EmbeddedScheduler> StartAsync(
        EmbeddedSchedulerBuilder builder, IEmbeddedStore store, ITurnScheduler turns, CancellationToken cancellation)
    {
        EmbeddedScheduler? scheduler = null;
        try
        {
            scheduler = new EmbeddedScheduler(builder, store, turns);
            await scheduler._engine.StartAsync(cancellation);

            // There is one process at a time: whoever else had a slot is gone.
            await scheduler.Directory.Get<IGovernor>(IGovernor.Key).EndLeasesOfOthersAsync([scheduler._start.Id], long.MaxValue, cancellation);
            await scheduler.TouchAsync(cancellation);
            scheduler._keeping = scheduler._keeper.KeepAsync(scheduler.NoteClockFault, scheduler._stopping.Token);
            return scheduler;
        }
        catch
        {
            // Whatever runs already must not go on without its storage.
            await (scheduler?.DisposeAsync() ?? store.DisposeAsync());
            throw;
        }
    }

    /// <summary>Settles an instant and gets ready to write an archive of it, while everything goes on.</summary>
    /// <param name="skipDamaged">True to leave out actors whose rows are damaged; false to fail when there are any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>To be disposed: until then the write-ahead log is not trimmed.</returns>
    /// <exception cref="Errors.CorruptStateException">A row is damaged, and none is to be left out.</exception>
    /// <exception cref="Errors.OverloadedException">Another export is under way.</exception>
    public Task<SchedulerExport> ExportAsync(bool skipDamaged, CancellationToken cancellation) => _exports.OpenAsync(skipDamaged, cancellation);

    /// <summary>Ends the hold: what is due fires from now on. Repeating it changes nothing.</summary>
    public Task ReleaseAsync(CancellationToken cancellation)
    {
        _gate.Open();
        return TouchAsync(cancellation);
    }

    /// <summary>Takes no more requests, stores what is not stored yet, and closes. At most 10 s for the actors and 10 s for the file.</summary>
    /// <returns>The actors whose newest state could not be stored; empty when all were.</returns>
    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation) => _stopped ??= StopOnceAsync(cancellation);

    /// <summary>Stops in order.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    // An imported deployment and the one that it was taken from may count the same incarnations.
    private static string NameOf(IEmbeddedStore store) => store.Epoch == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{store.Incarnation}")
        : string.Create(CultureInfo.InvariantCulture, $"{store.Epoch}-{store.Incarnation}");

    private Task<IArchiveSource> OpenArchiveAsync(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation) => _store is IArchivedStore archived
        ? archived.OpenArchiveAsync(at, skipDamaged, cancellation)
        : throw new NotSupportedException("The store takes no archives.");

    private static long NumberOf(IEmbeddedStore store) => EpochNumbers.Floor(store.Epoch) + store.Incarnation;

    private async Task<ImmutableArray<string>> StopOnceAsync(CancellationToken cancellation)
    {
        // What is told by it is our own and brief; CancelAsync would go through the thread pool.
        _stopping.Cancel();
        await _keeping;
        ImmutableArray<string> unflushed = await _engine.StopAsync(cancellation);
        ImmutableArray<string> unwritten = await _store.CloseAsync();
        _stopping.Dispose();
        return [.. unflushed.Union(unwritten)];
    }

    // A shard that cannot be loaded must not keep the others from running: it shows in health and is touched again.
    private async Task TouchAsync(CancellationToken cancellation)
    {
        try
        {
            await _keeper.TouchAsync(cancellation);
            _clockFault = null;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NoteClockFault(fault);
        }
    }

    private void NoteClockFault(Exception fault)
    {
        _clockFault = fault;
        SchedulerLog.ClockFailed(_logger, fault);
    }
}
