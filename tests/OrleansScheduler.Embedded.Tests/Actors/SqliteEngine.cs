using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>The embedded engine over a file in a folder of its own.</summary>
internal sealed class SqliteEngine : EmbeddedEngine
{
    private static readonly CancellationToken AtOnce = new(canceled: true);

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("orleans-scheduler-");
    private readonly EngineSettings _settings;
    private SqliteStore? _store;
    private ActorEngine? _engine;

    private SqliteEngine(EngineSettings settings)
        : base(new FakeTime(), new ProbeBoard()) => _settings = settings;

    internal override ActorEngine Engine => _engine!;

    public override async Task CrashAsync(TimeSpan down)
    {
        // Without its store the engine that is left cannot write any more, as after a crash.
        await _store!.DisposeAsync();
        await _engine!.StopAsync(AtOnce);
        Time.Advance(down);
        await OpenAsync();
    }

    public override Task StartAgainAsync() => CrashAsync(TimeSpan.Zero);

    public override async ValueTask DisposeAsync()
    {
        await _engine!.StopAsync(AtOnce);
        await _store!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static async Task<EngineUnderTest> StartAsync(EngineSettings settings)
    {
        var engine = new SqliteEngine(settings);
        await engine.OpenAsync();
        return engine;
    }

    private async Task OpenAsync()
    {
        _store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.FullName }, NoFaults.Instance, Time, CancellationToken.None);
        _engine = new ActorEngine(
            RegistryFor(Board),
            new EngineEnvironment(_store, _store, Time, new ThreadPoolTurnScheduler(), Seed: 1, NullLoggerFactory.Instance),
            OptionsFrom(_settings));
        await _engine.StartAsync(CancellationToken.None);
    }
}
