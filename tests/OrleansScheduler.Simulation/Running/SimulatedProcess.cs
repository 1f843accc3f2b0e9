using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Embedded;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Handling;
using OrleansScheduler.Simulation.Storing;

namespace OrleansScheduler.Simulation.Running;

/// <summary>One life of the product: from what storage held to its end in good order or in a crash.</summary>
internal sealed class SimulatedProcess
{
    private readonly EmbeddedSchedulerBuilder _builder;
    private readonly World _world;
    private readonly SimulatedStore _storage;
    private readonly Dictionary<string, int> _ignored = new(StringComparer.Ordinal);
    private EmbeddedScheduler? _scheduler;

    public SimulatedProcess(World world, int number, MemoryImage image)
    {
        (_world, Number) = (world, number);
        Code = !world.Plan.ChangesCode ? "1" : world.IsCalm ? world.Code : $"{number % 2}";
        Turns = new ProcessTurns(world.Turns);
        Time = new ProcessTime(world.Time, Turns);
        var weather = new StorageWeather(world, this);
        Store = new MemoryStore(image, weather, Time);
        _storage = new SimulatedStore(world, this, Store, weather);
        _builder = new EmbeddedSchedulerBuilder
        {
            Folder = "unused",
            Time = Time,
            Loggers = new NotingLoggers(world),
            Seed = world.Plan.Seed * 1_000_003L + number,
            Engine = world.Plan.Engine,
            Journals = world.Plan.Storage.Journals,
            Actors = world.Bug is { } bug ? actors => actors.Through((context, create) => bug.Create(world, context, create)) : null,
        };
        SimulatedCode.Register(_builder.Handlers, world, this, Code);
    }

    /// <summary>How many processes were before it, plus one.</summary>
    public int Number { get; }

    /// <summary>The version of the code that actions run.</summary>
    public string Code { get; }

    public ProcessTurns Turns { get; }

    public ProcessTime Time { get; }

    /// <summary>The file of this process. On rows it holds little more than how often it was opened.</summary>
    public MemoryStore Store { get; }

    /// <summary>Completes when the process is gone.</summary>
    public TaskCompletionSource Gone { get; } = new();

    /// <summary>The code that it runs.</summary>
    public HandlerCatalog Handlers => _builder.Handlers;

    /// <summary>Whether it has started, and has a directory.</summary>
    public bool HasStarted => _scheduler is not null;

    public IActorDirectory Directory => _scheduler!.Directory;

    /// <summary>Starts the product; ends with its failure when storage does not let it.</summary>
    public async Task StartAsync() =>
        _scheduler = await Turns.Begin(() => EmbeddedScheduler.StartAsync(_builder, _storage, Turns, CancellationToken.None));

    /// <summary>Ends it in good order.</summary>
    public async Task StopAsync() => await Turns.Begin(() => _scheduler!.StopAsync(CancellationToken.None));

    /// <summary>
    /// Nothing of it goes on; what storage holds at this moment is what is left. Where storage is shared, it may go on for a
    /// while without knowing that it has been replaced.
    /// </summary>
    public MemoryImage Kill(TimeSpan linger)
    {
        _world.Ledger.Read(Store);
        if (linger <= TimeSpan.Zero)
        {
            Turns.End();
        }
        else
        {
            _world.GoOutside(async () =>
            {
                await Task.Delay(linger, _world.Time);
                _world.Note($"process {Number} ends at last");
                Turns.End();
            });
        }

        return Store.Snapshot();
    }

    /// <summary>Whether a call of a handler may ignore its end. A handler that does so four times is refused, and its actions never run again.</summary>
    public bool MayIgnoreItsEnd(string handler)
    {
        int ignored = _ignored.GetValueOrDefault(handler);
        _ignored[handler] = ignored + 1;
        return ignored < 3;
    }
}
