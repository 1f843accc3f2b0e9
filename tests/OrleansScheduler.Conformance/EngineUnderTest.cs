using System.Collections.Immutable;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Conformance;

/// <summary>A running engine that knows the probe actors.</summary>
public abstract class EngineUnderTest(ProbeBoard board) : IAsyncDisposable
{
    /// <summary>Where its actors leave marks and wait for them.</summary>
    public ProbeBoard Board { get; } = board;

    /// <summary>References to its actors, for callers outside of any actor.</summary>
    public abstract IActorDirectory Directory { get; }

    /// <summary>Its fan-out.</summary>
    public abstract IEventFanout Fanout { get; }

    /// <summary>Whether callers are in another process than actors: then they may know no more than that the answer did not come.</summary>
    public virtual bool CallersAreOutside => false;

    /// <summary>What its clock shows.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Moves its clock on; what comes due has been queued when the task completes.</summary>
    public abstract Task AdvanceAsync(TimeSpan span);

    /// <summary>Ends it without a flush and starts it again on the same storage.</summary>
    /// <param name="down">How long it is down.</param>
    public abstract Task CrashAsync(TimeSpan down);

    /// <summary>Ends it in good order and names, as kind/key, what could not be flushed.</summary>
    public abstract Task<ImmutableArray<string>> StopAsync();

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same storage.</summary>
    public abstract Task StartAgainAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>A reference to a probe.</summary>
    public IProbe Probe(string key) => Directory.Get<IProbe>(key);
}
