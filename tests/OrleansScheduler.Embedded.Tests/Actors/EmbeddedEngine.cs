using System.Collections.Immutable;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>The embedded engine as the conformance tests see it.</summary>
internal abstract class EmbeddedEngine(FakeTime time, ProbeBoard board) : EngineUnderTest(board)
{
    public sealed override IActorDirectory Directory => Engine;

    public sealed override IEventFanout Fanout => Engine.Fanout;

    public sealed override DateTimeOffset Now => Time.GetUtcNow();

    internal abstract ActorEngine Engine { get; }

    internal FakeTime Time { get; } = time;

    public sealed override Task AdvanceAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    public sealed override Task<ImmutableArray<string>> StopAsync() => Engine.StopAsync(CancellationToken.None);

    internal static ActorRegistry RegistryFor(ProbeBoard board) =>
        new ActorRegistry().Add<IProbe>(context => new ProbeActor(context, board));

    internal static ActorEngineOptions OptionsFrom(EngineSettings settings) => new()
    {
        UnansweredRequestsMax = settings.UnansweredRequestsMax,
        IdleAfter = settings.IdleAfter,
        CollectionInterval = settings.CollectionInterval,
        FlushWait = settings.FlushWait,
    };
}
