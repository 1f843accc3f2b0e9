using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>The context of an actor, with some of its parts replaced by wrong ones.</summary>
internal sealed class BentContext(IActorContext inner) : IActorContext, IActorDirectory
{
    public IJournalStorage? BentJournal { get; init; }

    public IWakeup? BentWakeup { get; init; }

    public Random? BentRandom { get; init; }

    public TimeProvider? BentTime { get; init; }

    /// <summary>Given a reference, gives another one.</summary>
    public Func<object, object>? Bend { get; init; }

    public string Kind => inner.Kind;

    public string Key => inner.Key;

    public TimeProvider Time => BentTime ?? inner.Time;

    public Random Random => BentRandom ?? inner.Random;

    public IActorDirectory Directory => this;

    public IJournalStorage Journal => BentJournal ?? inner.Journal;

    public IStateStorage State => inner.State;

    public IWakeup Wakeup => BentWakeup ?? inner.Wakeup;

    public IEventFanout Fanout => inner.Fanout;

    public CancellationToken Stopping => inner.Stopping;

    public IDisposable StartTimer(TimeSpan due, Func<Task> turn) => inner.StartTimer(due, turn);

    public Task<T> RunOutside<T>(Func<CancellationToken, Task<T>> work) => inner.RunOutside(work);

    public void Deactivate(Exception? fault) => inner.Deactivate(fault);

    public TActor Get<TActor>(string key)
        where TActor : class
    {
        TActor reference = inner.Directory.Get<TActor>(key);
        return Bend is null ? reference : (TActor)Bend(reference);
    }
}
