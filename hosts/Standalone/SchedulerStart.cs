using OrleansScheduler.Hosting;

namespace OrleansScheduler.Standalone;

/// <summary>Starts an engine.</summary>
/// <param name="arguments">What the host was asked for.</param>
/// <param name="services">The services of the host: clock, loggers, and what handlers need.</param>
/// <param name="cancellation">Gives up the start.</param>
internal delegate Task<IRunningScheduler> SchedulerStart(
    StandaloneArguments arguments, IServiceProvider services, CancellationToken cancellation);
