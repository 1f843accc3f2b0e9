using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using OrleansScheduler.Web;

namespace OrleansScheduler.Hosting;

/// <summary>The life of a host process: start the engine, listen, stop both in order.</summary>
/// <param name="read">Reads the command line; null when only the usage is wanted.</param>
/// <param name="usage">What <c>--help</c> says.</param>
/// <param name="time">The clock of everything.</param>
/// <param name="output">Where the host says what it does.</param>
/// <param name="errors">Where it says why it cannot.</param>
internal sealed class SchedulerHost(
    Func<IReadOnlyList<string>, HostPlan?> read, string usage, TimeProvider time, TextWriter output, TextWriter errors)
{
    /// <summary>Runs until the process is asked to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="urls">Where to listen; null for the default.</param>
    /// <param name="stop">Asks it to stop, as a signal does.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, string? urls, CancellationToken stop)
    {
        try
        {
            if (read(args) is not { } plan)
            {
                await output.WriteLineAsync(usage);
                return ExitCodes.Success;
            }

            return await ServeAsync(plan, ListenAddresses.Parse(urls), stop);
        }
        catch (Exception fault)
        {
            return await FailAsync(fault);
        }
    }

    private async Task<int> ServeAsync(HostPlan plan, ListenAddresses addresses, CancellationToken stop)
    {
        var slot = new SchedulerSlot();
        await using var app = WebServer.Create(addresses, AdministratorToken.ReadOrCreate(plan.Data), time, slot, plan.Evaluator);
        await using var scheduler = await plan.Start(app.Services, stop);
        slot.Fill(scheduler);
        app.MapSchedulerOperation("/ops/release", scheduler.ReleaseAsync);
        bool flushed;
        try
        {
            await ListenAsync(app, plan, scheduler, stop);
        }
        finally
        {
            flushed = await StopEngineAsync(scheduler, plan.EngineStopTimeMax);
        }

        return flushed ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task ListenAsync(WebApplication app, HostPlan plan, IRunningScheduler scheduler, CancellationToken stop)
    {
        await app.StartAsync(stop);
        string address = app.Urls.First();
        plan.Announce(output, address, scheduler);
        await output.WriteLineAsync($"ready {address}");
        await output.FlushAsync(stop);
        await app.WaitForShutdownAsync(stop);
    }

    private async Task<bool> StopEngineAsync(IRunningScheduler scheduler, TimeSpan timeMax)
    {
        using var patience = new CancellationTokenSource(timeMax, time);
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
            await errors.WriteLineAsync(usage);
        }

        return code;
    }
}
