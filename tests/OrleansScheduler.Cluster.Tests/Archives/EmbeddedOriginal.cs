using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Embedded;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>A scheduler in this process, to be exported, or made of an archive.</summary>
internal sealed class EmbeddedOriginal : ProductUnderTest
{
    // So that the ticks of the engine fall on no instant that a test names.
    private static readonly TimeSpan Aside = TimeSpan.FromMilliseconds(333);

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("scheduler-").FullName;
    private readonly FakeTime _time = new();
    private readonly EmbeddedSchedulerBuilder _builder;
    private readonly IDisposable _watch;
    private EmbeddedScheduler? _scheduler;

    private EmbeddedOriginal()
    {
        _builder = new EmbeddedSchedulerBuilder { Folder = _folder, Time = _time, Loggers = new MarkingLoggers(Board), Seed = 1 };
        _watch = TestLimits.Watch(reason =>
        {
            Board.GiveUp(reason);
            _time.GiveUp(reason);
        });
    }

    public override HandlerCatalog Handlers => _builder.Handlers;

    public override IActorDirectory Directory => _scheduler!.Directory;

    public override DateTimeOffset Now => _time.GetUtcNow();

    public static async Task<EmbeddedOriginal> StartAsync(Action<ProductUnderTest> prepare)
    {
        var original = new EmbeddedOriginal();
        prepare(original);
        original._scheduler = await original._builder.StartAsync(CancellationToken.None);
        original._time.Advance(Aside);
        return original;
    }

    /// <summary>Starts one at an instant, of an archive.</summary>
    public static async Task<EmbeddedOriginal> ImportAsync(byte[] archive, DateTimeOffset now, Action<ProductUnderTest> prepare)
    {
        var restored = new EmbeddedOriginal();
        prepare(restored);
        await EmbeddedArchive.ImportAsync(restored._folder, new MemoryStream(archive), CancellationToken.None);
        restored._time.AdvanceTo(now);
        restored._scheduler = await restored._builder.StartAsync(CancellationToken.None);
        restored._time.Advance(Aside);
        return restored;
    }

    public long Epoch => _scheduler!.Condition.Epoch;

    public async Task<byte[]> ExportAsync()
    {
        using SchedulerExport export = await _scheduler!.ExportAsync(false, CancellationToken.None);
        using var archive = new MemoryStream();
        await export.WriteToAsync(archive, CancellationToken.None);
        return archive.ToArray();
    }

    public override Task AdvanceAsync(TimeSpan span)
    {
        _time.Advance(span);
        return Task.CompletedTask;
    }

    public override Task ArmedForAsync(DateTimeOffset due) => _time.ArmedForAsync(due);

    public override Task PassPausesAsync(Task task) => task;

    public override void FailNextAppend(string kind, string key, bool lands = false) => throw new NotSupportedException();

    public override Task CrashAsync(TimeSpan down) => throw new NotSupportedException();

    public override async Task RestartAsync()
    {
        Assert.Empty(await _scheduler!.StopAsync(CancellationToken.None));
        _scheduler = await _builder.StartAsync(CancellationToken.None);
        _time.Advance(Aside);
    }

    public override async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _scheduler!.StopAsync(new CancellationToken(canceled: true));
        System.IO.Directory.Delete(_folder, recursive: true);
    }
}
