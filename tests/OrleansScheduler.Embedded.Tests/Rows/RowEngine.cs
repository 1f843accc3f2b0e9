using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Actors;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>The embedded engine over rows in memory.</summary>
internal sealed class RowEngine : EmbeddedEngine
{
    private static readonly CancellationToken AtOnce = new(canceled: true);

    private readonly EngineSettings _settings;
    private RowStore? _store;
    private ActorEngine? _engine;

    private RowEngine(EngineSettings settings)
        : base(new FakeTime(), new ProbeBoard()) => _settings = settings;

    internal override ActorEngine Engine => _engine!;

    public override async Task CrashAsync(TimeSpan down)
    {
        MemoryImage image = _store!.Snapshot();
        await _engine!.StopAsync(AtOnce);
        Time.Advance(down);
        await OpenAsync(image);
    }

    public override Task StartAgainAsync() => CrashAsync(TimeSpan.Zero);

    public override async ValueTask DisposeAsync()
    {
        await _engine!.StopAsync(AtOnce);
        await _store!.DisposeAsync();
    }

    internal static async Task<EngineUnderTest> StartAsync(EngineSettings settings)
    {
        var engine = new RowEngine(settings);
        await engine.OpenAsync(MemoryImage.Empty);
        return engine;
    }

    private async Task OpenAsync(MemoryImage image)
    {
        _store = new RowStore(image, NoFaults.Instance, Time);
        _engine = new ActorEngine(
            RegistryFor(Board),
            new EngineEnvironment(_store, _store, Time, new ThreadPoolTurnScheduler(), Seed: 1, NullLoggerFactory.Instance),
            OptionsFrom(_settings));
        await _engine.StartAsync(CancellationToken.None);
    }
}
