using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>A pool of real workers and the handler on it.</summary>
internal sealed class ExpressionFixture : IAsyncDisposable
{
    public ExpressionFixture(ExpressionOptions? options = null)
    {
        Options = (options ?? new ExpressionOptions()) with { };
        Options = Options.WorkerCommand.IsEmpty ? Options with { WorkerCommand = [.. WorkerProgram.Command] } : Options;
        Pool = new ExpressionWorkerPool(Options, TestTime.System) { Started = pid => Started.Add(pid) };
        Handler = new ExpressionHandler(Pool, Options);
    }

    public ExpressionOptions Options { get; }

    public ExpressionWorkerPool Pool { get; }

    public ExpressionHandler Handler { get; }

    public System.Collections.Concurrent.ConcurrentBag<int> Started { get; } = [];

    public async Task<JsonValue?> EvaluateAsync(string script, params (string Address, JsonValue Value)[] documents)
    {
        TestRun run = RunOf(script, documents);
        await Handler.HandleAsync(run);
        return run.Writes.GetValueOrDefault("out");
    }

    public async Task<Errors.SchedulerException> FailAsync(string script, string limit = "60s") =>
        await RunOf(script, [], limit).FailsAsync(Handler);

    public static TestRun RunOf(string script, (string Address, JsonValue Value)[] documents, string limit = "60s")
    {
        var reads = JsonObject.FromPairs(documents.Select(document => new KeyValuePair<string, JsonValue>(document.Address, document.Address)));
        var run = new TestRun(JsonObject.Of(("read", reads), ("script", script), ("write", "out"), ("time_limit", limit)));
        foreach ((string address, JsonValue value) in documents)
        {
            run.Documents[address] = value;
        }

        return run;
    }

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
