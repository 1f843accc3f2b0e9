using OrleansScheduler.Hosting;

namespace OrleansScheduler.Standalone;

/// <summary>The life of the process: start the engine, listen, stop both in order.</summary>
/// <param name="start">Starts the engine.</param>
/// <param name="time">The clock of everything.</param>
/// <param name="output">Where the host says what it does.</param>
/// <param name="errors">Where it says why it cannot.</param>
internal sealed class StandaloneHost(SchedulerStart start, TimeProvider time, TextWriter output, TextWriter errors)
{
    /// <inheritdoc cref="SchedulerHost.RunAsync"/>
    public Task<int> RunAsync(IReadOnlyList<string> args, string? urls, CancellationToken stop) =>
        new SchedulerHost(Read, StandaloneArguments.Usage, time, output, errors).RunAsync(args, urls, stop);

    private HostPlan? Read(IReadOnlyList<string> args)
    {
        var arguments = StandaloneArguments.Parse(args);
        return arguments.Help
            ? null
            : new HostPlan(
                arguments.Data,
                (services, cancellation) => start(arguments, services, cancellation),
                (output, address, scheduler) => Banner.Write(output, arguments, address, scheduler.SampleDocument));
    }
}
