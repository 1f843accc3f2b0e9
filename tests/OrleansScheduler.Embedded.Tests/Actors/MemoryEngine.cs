using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>The embedded engine over a store in memory.</summary>
internal sealed class MemoryEngine : EmbeddedEngine
{
    private readonly TestEngine _test;

    private MemoryEngine(TestEngine test, ProbeBoard board)
        : base(test.Time, board) => _test = test;

    internal override ActorEngine Engine => _test.Engine;

    public override Task CrashAsync(TimeSpan down) => _test.CrashAsync(down);

    public override Task StartAgainAsync() => _test.CrashAsync(TimeSpan.Zero);

    public override ValueTask DisposeAsync() => _test.DisposeAsync();

    internal static Task<EngineUnderTest> StartAsync(EngineSettings settings) => StartAsync(settings, new ThreadPoolTurnScheduler());

    internal static async Task<EngineUnderTest> StartAsync(EngineSettings settings, ITurnScheduler scheduler)
    {
        var board = new ProbeBoard();
        return new MemoryEngine(await TestEngine.StartAsync(RegistryFor(board), OptionsFrom(settings), scheduler), board);
    }
}
