using OrleansScheduler.Testing;

namespace OrleansScheduler.Cli.Fakes;

/// <summary>The program, run in this process.</summary>
internal sealed class CliRun
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    public StubServer Server { get; } = new();

    public FakeTime Time { get; } = new();

    public TestFolder? Folder { get; init; }

    public string Input { get; init; } = "";

    public bool IsTerminal { get; init; }

    /// <summary>Whoever should read the output has left.</summary>
    public bool IsOutputBroken { get; init; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["USER"] = "ada" };

    public CancellationTokenSource Interruption { get; } = new();

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public Task<int> RunAsync(params string[] args) => RunAsync(Server, args);

    public Task<int> RunAsync(HttpMessageHandler? transport, params string[] args)
    {
        var console = new CliConsole(() => new StringReader(Input), IsOutputBroken ? new StreamWriter(new BrokenPipe()) { AutoFlush = true } : _output, _errors)
        {
            IsTerminal = IsTerminal,
            Environment = name => Environment.GetValueOrDefault(name),
            Folder = Folder?.Path ?? "/nonexistent",
        };
        return CliProgram.RunAsync(args, console, Time, transport, Interruption.Token);
    }
}
