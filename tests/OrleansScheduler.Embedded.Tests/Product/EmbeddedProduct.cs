using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>The embedded scheduler as the product's conformance tests see it.</summary>
internal sealed class EmbeddedProduct : ProductUnderTest
{
    // So that the ticks of the engine fall on no instant that a test names.
    private static readonly TimeSpan Aside = TimeSpan.FromMilliseconds(333);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(50);
    private static readonly CancellationToken AtOnce = new(canceled: true);

    private readonly IProductStorage _storage;
    private readonly EmbeddedSchedulerBuilder _builder;
    private EmbeddedScheduler? _scheduler;

    private EmbeddedProduct(IProductStorage storage)
    {
        _storage = storage;
        _builder = new EmbeddedSchedulerBuilder { Folder = "unused", Time = Time, Loggers = new MarkingLoggers(Board), Seed = 1 };
    }

    public override HandlerCatalog Handlers => _builder.Handlers;

    public override IActorDirectory Directory => _scheduler!.Directory;

    public override DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>How its parts are.</summary>
    public SchedulerCondition Condition => _scheduler!.Condition;

    internal FakeTime Time { get; } = new();

    /// <summary>What runs now.</summary>
    internal EmbeddedScheduler Scheduler => _scheduler!;

    public static async Task<ProductUnderTest> StartAsync(IProductStorage storage) => await StartAsync(storage, TimeSpan.Zero, _ => { });

    /// <summary>Starts it at a later time, when its handlers are there.</summary>
    internal static async Task<EmbeddedProduct> StartAsync(IProductStorage storage, TimeSpan later, Action<ProductUnderTest> prepare)
    {
        var product = new EmbeddedProduct(storage);
        product.Time.Advance(later);
        prepare(product);
        await product.OpenAsync();
        return product;
    }

    public override Task AdvanceAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.CompletedTask;
    }

    public override Task ArmedForAsync(DateTimeOffset due) => Time.ArmedForAsync(due);

    public override async Task PassPausesAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            var armed = Time.NextArmedAsync();
            if (Time.NextDue - Now <= PauseMax)
            {
                Time.AdvanceTo(Time.NextDue!.Value);
            }
            else
            {
                await Waits.EitherAsync(task, armed);
            }
        }
    }

    public override void FailNextAppend(string kind, string key, bool lands = false) => _storage.Faults.Arm(kind, key, lands);

    public override async Task CrashAsync(TimeSpan down)
    {
        _storage.Faults.Disarm();
        await _storage.CrashAsync();
        await _scheduler!.StopAsync(AtOnce);
        Time.Advance(down);
        await OpenAsync();
    }

    public override async Task RestartAsync()
    {
        _storage.Faults.Disarm();
        Assert.Empty(await _scheduler!.StopAsync(CancellationToken.None));
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _scheduler!.StopAsync(AtOnce);
        _storage.Dispose();
    }

    private async Task OpenAsync()
    {
        IEmbeddedStore store = await _storage.OpenAsync(Time);
        _scheduler = await EmbeddedScheduler.StartAsync(_builder, store, SynchronizationContext.Current as ITurnScheduler ?? new ThreadPoolTurnScheduler(), CancellationToken.None);
        Time.Advance(Aside);
    }
}
