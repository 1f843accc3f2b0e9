using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded;

/// <summary>What a scheduler in this process is made of. Fill it in, then start it.</summary>
public sealed class EmbeddedSchedulerBuilder
{
    /// <summary>Where everything is stored; created when it does not exist. One process at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>The clock. Only a host names the system's.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where log messages go.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>True to start without firing schedules, until <see cref="EmbeddedScheduler.ReleaseAsync"/>. Default false.</summary>
    public bool Hold { get; init; }

    /// <summary>What randomness follows from, such as the incarnations of schedules; null takes it from the instant of the start.</summary>
    public long? Seed { get; init; }

    /// <summary>The handlers that definitions may name. To be complete before the start.</summary>
    public HandlerCatalog Handlers { get; } = new();

    /// <summary>Limits of the engine.</summary>
    public ActorEngineOptions Engine { get; init; } = new();

    /// <summary>Limits of storage; its folder is <see cref="Folder"/>.</summary>
    public SqliteStoreOptions Storage { get; init; } = new();

    /// <summary>Asked at every storage site; anything but the default is for tests and benchmarks.</summary>
    public IStorageFaults Faults { get; init; } = NoFaults.Instance;

    /// <summary>What a simulation does with the actors before the engine gets them; null for nothing.</summary>
    internal Func<ActorRegistry, ActorRegistry>? Actors { get; init; }

    /// <summary>Limits of journals, for simulations; null for the defaults.</summary>
    internal JournalOptions? Journals { get; init; }

    /// <summary>Opens the storage and starts the engine. Nothing runs that need not.</summary>
    /// <exception cref="ArgumentException">Limits are out of range; all of them are named.</exception>
    /// <exception cref="Errors.StorageException"><c>storage_locked</c>, <c>storage_format</c>, <c>storage_full</c>, <c>storage_failed</c>.</exception>
    public async Task<EmbeddedScheduler> StartAsync(CancellationToken cancellation)
    {
        Storage.Folder = Folder;
        Storage.Logger = Loggers.CreateLogger("OrleansScheduler.Storage");
        IEmbeddedStore store = await SqliteStore.OpenAsync(Storage, Faults, Time, cancellation);
        return await EmbeddedScheduler.StartAsync(this, store, new ThreadPoolTurnScheduler(), cancellation);
    }
}
