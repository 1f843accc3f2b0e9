using OrleansScheduler.Engine;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Core.Tests.Fakes;

/// <summary>What a journal needs of an activation. It notes why it was ended.</summary>
internal sealed class FakeContext(ScriptedJournal journal) : IActorContext, IWakeup
{
    public string Kind => "test";

    public string Key { get; init; } = "owner/name";

    public FakeTime Clock { get; } = new();

    public TimeProvider Time => Clock;

    public Random Random { get; } = new(1);

    public IActorDirectory Directory { get; init; } = null!;

    public IJournalStorage Journal => journal;

    public IStateStorage State { get; init; } = null!;

    public IWakeup Wakeup => this;

    public IEventFanout Fanout { get; init; } = null!;

    public CancellationToken Stopping { get; init; }

    /// <summary>Why the activation was ended, each time that somebody asked for it.</summary>
    public List<Exception?> Ends { get; } = [];

    /// <summary>When the actor is to be woken; null for never.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The turns that the actor asked for; a test runs them.</summary>
    public List<(DateTimeOffset Due, Func<Task> Turn)> Timers { get; } = [];

    public IDisposable StartTimer(TimeSpan due, Func<Task> turn)
    {
        Timers.Add((Clock.GetUtcNow() + due, turn));
        return new CancellationTokenSource();
    }

    public Task<T> RunOutside<T>(Func<CancellationToken, Task<T>> work) => throw new NotSupportedException();

    public void Deactivate(Exception? fault) => Ends.Add(fault);

    /// <summary>What the registration of a wake-up waits for.</summary>
    public Task Registering { get; set; } = Task.CompletedTask;

    public async Task SetAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        journal.Calls.Add("wake");
        await Registering;
        WakeAt = due;
    }

    public Task ClearAsync(CancellationToken cancellation)
    {
        journal.Calls.Add("clear");
        WakeAt = null;
        return Task.CompletedTask;
    }
}
