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
    private EmbeddedScheduler? _scheduler;

    public SimulatedProcess(World world, int number, MemoryImage image)
    {
        (_world, Number) = (world, number);
        Turns = new ProcessTurns(world.Turns);
        Time = new ProcessTime(world.Time, Turns);
        Store = new MemoryStore(image, new StorageWeather(world, this), Time);
        _builder = new EmbeddedSchedulerBuilder
        {
            Folder = "unused",
            Time = Time,
            Loggers = new NotingLoggers(world),
            Seed = world.Plan.Seed * 1_000_003L + number,
            Engine = world.Plan.Engine,
            Actors = world.Bug is { } bug ? actors => actors.Through((context, create) => bug.Create(world, context, create)) : null,
        };
        SimulatedCode.Register(_builder.Handlers, world, this);
    }

    /// <summary>How many processes were before it, plus one.</summary>
    public int Number { get; }

    public ProcessTurns Turns { get; }

    public ProcessTime Time { get; }

    public MemoryStore Store { get; }

    /// <summary>Completes when the process is gone.</summary>
    public TaskCompletionSource Gone { get; } = new();

    /// <summary>The code that it runs.</summary>
    public HandlerCatalog Handlers => _builder.Handlers;

    public IActorDirectory Directory => _scheduler!.Directory;

    /// <summary>Starts the product; ends with its failure when storage does not let it.</summary>
    public async Task StartAsync() =>
        _scheduler = await Turns.Begin(() => EmbeddedScheduler.StartAsync(_builder, Store, Turns, CancellationToken.None));

    /// <summary>Ends it in good order.</summary>
    public async Task StopAsync() => await Turns.Begin(() => _scheduler!.StopAsync(CancellationToken.None));

    /// <summary>Nothing of it goes on; what storage holds at this moment is what is left.</summary>
    public MemoryImage Kill()
    {
        _world.Ledger.Read(Store);
        Turns.End();
        return Store.Snapshot();
    }
}
