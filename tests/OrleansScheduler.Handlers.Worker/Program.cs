using System.Diagnostics.CodeAnalysis;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Expressions;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers.Worker;

/// <summary>A program that is a worker, or plays a host that tests kill.</summary>
internal static class Program
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "A host names the clock, and this plays one.")]
    private static TimeProvider Time => TimeProvider.System;

    public static async Task<int> Main(string[] args)
    {
        if (HandlerWorker.TryRun(args, out int exitCode))
        {
            return exitCode;
        }

        return args switch
        {
            ["expression", var payload] => await EvaluateAsync(JsonValue.Parse(payload)),
            ["process", var ledger, var payload] => await RunAsync(ledger, JsonValue.Parse(payload)),
            ["gate", var ledger, var payload] => await OnlyGateAsync(ledger, JsonValue.Parse(payload)),
            ["silent", HandlerWorker.Argument] => 7,
            _ => 2,
        };
    }

    /// <summary>Says the number of the worker process when it starts to evaluate.</summary>
    private static async Task<int> EvaluateAsync(JsonValue payload)
    {
        var options = new ExpressionOptions();
        await using var pool = new ExpressionWorkerPool(options, Time) { Started = Console.WriteLine };
        await new ExpressionHandler(pool, options).HandleAsync(new PayloadOnly(payload));
        return 0;
    }

    private static async Task<int> RunAsync(string ledger, JsonValue payload)
    {
        var options = new ProcessHandlerOptions
        {
            Ledger = new ProcessLedger(ledger), Permissions = new AllAllowed(), BackgroundGrace = TimeSpan.FromMinutes(10),
        };
        await using var running = new RunningHandlers();
        await new ProcessHandler(options, Time, running).HandleAsync(new PayloadOnly(payload));
        return 0;
    }

    /// <summary>Starts the gate, says so, and never opens it.</summary>
    private static async Task<int> OnlyGateAsync(string ledger, JsonValue payload)
    {
        var options = new ProcessHandlerOptions { Ledger = new ProcessLedger(ledger) };
        ProcessPayload parsed = ProcessPayload.Of(payload);
        var command = new ProcessCommand(parsed, ProgramPath.Find(parsed.Program, null, "/")!, null, "host#1", ProcessMark.Create());
        await using ChildProcess child = await ChildProcess.StartAsync(command, options, Time, CancellationToken.None);
        Console.WriteLine(child.Pid);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
