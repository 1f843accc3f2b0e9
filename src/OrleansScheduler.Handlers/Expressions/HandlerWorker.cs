using System.Collections.Concurrent;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>The other side of a program: as a worker process that evaluates expressions for a host of the same build.</summary>
public static class HandlerWorker
{
    /// <summary>The one argument that makes a program a worker.</summary>
    public const string Argument = "--handler-worker";

    /// <summary>Set in the environment of a worker, so that a program that forgot to become one can tell.</summary>
    internal const string EnvironmentMark = "ORLEANSSCHEDULER_WORKER";

    private const int RequestBytesMax = 32 << 20;
    private const int StackBytes = 16 << 20;

    /// <summary>Runs the worker to its end when the arguments say so. A host calls this before anything else in its Main.</summary>
    /// <param name="args">What Main was given.</param>
    /// <param name="exitCode">What Main shall return when the answer is true; 0 when the host closed the pipe.</param>
    /// <returns>False when these are the arguments of a host; then nothing was done.</returns>
    /// <remarks>
    /// A worker reads requests from its standard input and answers on its standard output, one at a time. It ends when its
    /// input does, which is also when its host dies, even in the middle of an evaluation.
    /// </remarks>
    public static bool TryRun(string[] args, out int exitCode)
    {
        ArgumentNullException.ThrowIfNull(args);
        exitCode = 0;
        if (args is not [Argument])
        {
            return false;
        }

        exitCode = Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
        return true;
    }

    private static int Run(Stream input, Stream output)
    {
        // The first evaluation compiles the interpreter; no request shall pay for it.
        ScriptEvaluator.Evaluate(ScriptEvaluator.Request(
            "var a = {b: [x, 'y']}; a.b.map(function (c) { return c + /z/.source; }).join() + JSON.stringify(a)", [new("x", 1)], 1_000));
        WorkerFrames.WriteAsync(output, new WorkerAnswer(true).ToUtf8(), CancellationToken.None).GetAwaiter().GetResult();

        using var requests = new BlockingCollection<byte[]>(boundedCapacity: 1);
        var evaluator = new Thread(() => EvaluateAll(requests, output), StackBytes) { IsBackground = true, Name = "evaluator" };
        evaluator.Start();

        // This thread stays with the pipe, so that its end ends the process whatever the evaluator is busy with.
        while (WorkerFrames.ReadAsync(input, RequestBytesMax, CancellationToken.None).GetAwaiter().GetResult() is { } request)
        {
            requests.Add(request);
        }

        return 0;
    }

    private static void EvaluateAll(BlockingCollection<byte[]> requests, Stream output)
    {
        foreach (byte[] request in requests.GetConsumingEnumerable())
        {
            WorkerAnswer answer;
            try
            {
                var limits = new JsonLimits { BytesMax = RequestBytesMax, DepthMax = 128, NodesMax = 100_000_000 };
                answer = ScriptEvaluator.Evaluate((JsonObject)JsonValue.Parse(request, limits));
            }
            catch (OutOfMemoryException)
            {
                answer = new WorkerAnswer(null, HandlerErrorCodes.ExpressionMemory, "The input needs more memory than a script may use.", IsLast: true);
            }

            WorkerFrames.WriteAsync(output, answer.ToUtf8(), CancellationToken.None).GetAwaiter().GetResult();
            if (answer.IsLast)
            {
                Environment.Exit(0);
            }
        }
    }
}
