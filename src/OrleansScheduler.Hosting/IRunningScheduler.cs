using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Hosting;

/// <summary>What the host asks of the engine that it runs.</summary>
internal interface IRunningScheduler : ISchedulerArchives, IAsyncDisposable
{
    /// <summary>The way to the actors.</summary>
    IActorDirectory Directory { get; }

    /// <summary>A document of the sample that is worth an edit; null without the sample.</summary>
    string? SampleDocument { get; }

    /// <summary>How the engine is.</summary>
    HealthReport Health();

    /// <summary>Ends the hold: schedules fire from now on. Repeating it changes nothing.</summary>
    Task ReleaseAsync(CancellationToken cancellation);

    /// <summary>Stops in order.</summary>
    /// <returns>What could not be made durable in time; empty when everything was.</returns>
    Task<ImmutableArray<string>> StopAsync(CancellationToken cancellation);
}
