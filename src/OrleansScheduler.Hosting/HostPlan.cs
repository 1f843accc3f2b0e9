using OrleansScheduler.Core.Timing;

namespace OrleansScheduler.Hosting;

/// <summary>What a host is to do, as its command line says.</summary>
/// <param name="Data">The folder that holds the token, files of handlers, and what else is this process's own.</param>
/// <param name="Start">Starts the engine; its argument is the services of the host: clock, loggers, and what handlers need.</param>
/// <param name="Announce">Says where to look, given where the host listens. What it writes comes before the line <c>ready ADDRESS</c>.</param>
internal sealed record HostPlan(
    string Data,
    Func<IServiceProvider, CancellationToken, Task<IRunningScheduler>> Start,
    Action<TextWriter, string, IRunningScheduler> Announce)
{
    /// <summary>Who tells when standard cron expressions are due, for previews; null, the default, for the scheduler itself.</summary>
    public ICronEvaluator? Evaluator { get; init; }

    /// <summary>What the engine may take of an orderly stop; 5 s by default, which with the server's part stays below ten.</summary>
    public TimeSpan EngineStopTimeMax { get; init; } = TimeSpan.FromSeconds(5);
}
