using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>The process handler with a ledger of its own, and permissions that a test sets.</summary>
internal sealed class ProcessFixture : ICommandPermissions, IAsyncDisposable
{
    public ProcessFixture(bool allowsAll = true)
    {
        AllowsAll = allowsAll;
        Options = new ProcessHandlerOptions
        {
            Ledger = new ProcessLedger(LedgerFolder),
            Permissions = this,
            TerminationGrace = TimeSpan.FromMilliseconds(300),
            BackgroundGrace = TimeSpan.FromMilliseconds(300),
        };
    }

    public bool AllowsAll { get; }

    public HashSet<string> Allowed { get; } = new(StringComparer.Ordinal);

    public TestFolder Folder { get; } = new();

    public string LedgerFolder => Folder.At("ledger");

    public ProcessHandlerOptions Options { get; set; }

    public RunningHandlers Running { get; } = new();

    public ProcessHandler Handler => new(Options, TestTime.System, Running);

    /// <summary>The payload of a shell's command; its outcome goes to <c>out</c>.</summary>
    public static JsonObject Shell(string command, params (string Name, JsonValue Value)[] fields)
    {
        JsonObject payload = JsonObject.Of(("shell", "/bin/sh"), ("command", command), ("write", "out"));
        return fields.Aggregate(payload, (whole, field) => whole.With(field.Name, field.Value));
    }

    /// <summary>The payload of a program; its outcome goes to <c>out</c>.</summary>
    public static JsonObject Program(string program, params string[] arguments) => JsonObject.Of(
        ("program", program), ("arguments", JsonArray.Of([.. arguments.Select(argument => (JsonValue)argument)])), ("write", "out"));

    public async Task<JsonObject> RunAsync(JsonObject payload)
    {
        var run = new TestRun(payload);
        await Handler.HandleAsync(run);
        return (JsonObject)run.Writes["out"];
    }

    public async Task<string> OutputAsync(JsonObject payload) => (await RunAsync(payload))["stdout"]!.AsText();

    public Task<SchedulerException> FailAsync(JsonObject payload) => new TestRun(payload).FailsAsync(Handler);

    public ValueTask<bool> IsProgramAllowedAsync(string program, CancellationToken cancellation) => new(AllowsAll || Allowed.Contains(program));

    public ValueTask<bool> IsCommandAllowedAsync(string commandHash, CancellationToken cancellation) => new(AllowsAll || Allowed.Contains(commandHash));

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        Folder.Dispose();
    }
}
