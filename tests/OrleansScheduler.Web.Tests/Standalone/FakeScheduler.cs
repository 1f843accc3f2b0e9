using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Hosting;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Fakes;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Web.Standalone;

/// <summary>An engine that a test holds in its hands.</summary>
internal sealed class FakeScheduler : IRunningScheduler
{
    public FakeActors Actors { get; } = new();

    public IActorDirectory Directory => Actors;

    public string? SampleDocument { get; init; } = "quake.x";

    public ImmutableArray<string> Lost { get; init; } = [];

    public long Epoch { get; init; } = 1;

    public int Releases { get; private set; }

    public int Stops { get; private set; }

    public HealthReport Health() => new([new HealthComponent("engine", HealthStatus.Degraded, "Fake.")]);

    public Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ReleaseAsync(CancellationToken cancellation)
    {
        Releases++;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation)
    {
        Stops++;
        return Task.FromResult(Lost);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
