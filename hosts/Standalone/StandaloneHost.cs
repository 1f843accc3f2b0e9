using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using OrleansScheduler.Web;

namespace OrleansScheduler.Standalone;

/// <summary>The life of the process: start the engine, listen, stop both in order.</summary>
/// <param name="start">Starts the engine.</param>
/// <param name="time">The clock of everything.</param>
/// <param name="output">Where the host says what it does.</param>
/// <param name="errors">Where it says why it cannot.</param>
internal sealed class StandaloneHost(SchedulerStart start, TimeProvider time, TextWriter output, TextWriter errors)
{
    // What the engine may take of the ten seconds that an orderly stop has.
    private static readonly TimeSpan EngineStopTimeMax = TimeSpan.FromSeconds(5);

    /// <summary>Runs until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="urls">Where to listen; null for the default.</param>
    /// <param name="stop">Asks it to stop, as a signal does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, string? urls, CancellationToken stop)
    {
        try
        {
            var arguments = StandaloneArguments.Parse(args);
            if (arguments.Help)
            {
                await output.WriteLineAsync(StandaloneArguments.Usage);
                return ExitCodes.Success;
            }

            return await ServeAsync(arguments, ListenAddresses.Parse(urls), stop);
        }
        catch (Exception fault)
        {
            return await FailAsync(fault);
        }
    }

    private async Task<int> ServeAsync(StandaloneArguments arguments, ListenAddresses addresses, CancellationToken stop)
    {
        var slot = new SchedulerSlot();
        await using var app = WebServer.Create(addresses, AdministratorToken.ReadOrCreate(arguments.Data), time, slot);
        await using var scheduler = await start(arguments, app.Services, stop);
        slot.Fill(scheduler);
        app.MapSchedulerOperation("/ops/release", scheduler.ReleaseAsync);
        bool flushed;
        try
        {
            await ListenAsync(app, arguments, scheduler, stop);
        }
        finally
        {
            flushed = await StopEngineAsync(scheduler);
        }

        return flushed ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task ListenAsync(WebApplication app, StandaloneArguments arguments, IRunningScheduler scheduler, CancellationToken stop)
    {
        await app.StartAsync(stop);
        Banner.Write(output, arguments, app.Urls.First(), scheduler.SampleDocument);
        await app.WaitForShutdownAsync(stop);
    }

    private async Task<bool> StopEngineAsync(IRunningScheduler scheduler)
    {
        using var patience = new CancellationTokenSource(EngineStopTimeMax, time);
        var lost = await scheduler.StopAsync(patience.Token);
        foreach (var what in lost)
        {
            await errors.WriteLineAsync($"error: not made durable in time: {what}");
        }

        return lost.IsEmpty;
    }

    private async Task<int> FailAsync(Exception fault)
    {
        var code = ExitCodes.Of(fault);
        foreach (var line in fault is DefinitionsException definitions ? definitions.Lines : [fault.Message])
        {
            await errors.WriteLineAsync($"error: {line.ReplaceLineEndings(" ")}");
        }

        if (code == ExitCodes.Usage)
        {
            await errors.WriteLineAsync(StandaloneArguments.Usage);
        }

        return code;
    }
}
