using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cli;

/// <summary>Runs commands: gives each its session, and makes an exit code of whatever it throws.</summary>
/// <param name="console">What surrounds the process.</param>
/// <param name="time">The clock.</param>
/// <param name="transport">What carries requests; null for the network.</param>
internal sealed class CommandRunner(CliConsole console, TimeProvider time, HttpMessageHandler? transport)
{
    private static readonly TimeSpan ConnectTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>The options that every command knows.</summary>
    public GlobalOptions Global { get; } = new();

    /// <summary>The action of a command that is good unless it throws.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Run(Func<Session, ParseResult, CancellationToken, Task> command) =>
        Run(async (session, parsed, cancellation) =>
        {
            await command(session, parsed, cancellation);
            return ExitCode.Good;
        });

    /// <summary>The action of a command that says itself how it ended.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Run(Func<Session, ParseResult, CancellationToken, Task<int>> command) =>
        async (parsed, cancellation) =>
        {
            Session? session = null;
            using var connections = new ConnectionSlot();
            try
            {
                session = Open(parsed, connections);
                return await command(session, parsed, cancellation);
            }
            catch (CliException fault)
            {
                return Fail(session, parsed, fault);
            }
            catch (SchedulerException fault)
            {
                return Fail(session, parsed, new CliException(fault.Code, fault.Message) { Details = fault.Details });
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return Fail(session, parsed, new CliException(CliCodes.Interrupted, "Stopped before it was done."));
            }
            catch (IOException fault)
            {
                return Fail(session, parsed, new CliException(CliCodes.OutputFailed, fault.Message));
            }
        };

    private int Fail(Session? session, ParseResult parsed, CliException fault)
    {
        if (Global.Json(parsed) && fault.Answer is { } answer)
        {
            console.Output.WriteLine(answer);
        }

        FaultWriter.Write(console.Errors, fault, session?.Expression);
        return fault.Exit;
    }

    private Session Open(ParseResult parsed, ConnectionSlot connections) => new(console, time, () => Connect(parsed, connections))
    {
        Screen = new Screen(console, Global.Color(parsed, console)),
        Json = Global.Json(parsed),
        Who = Global.Who(parsed, console),
    };

    // Redirects are not followed and a proxy is not asked for this machine: a token goes where the person said, and nowhere else.
    private SchedulerClient Connect(ParseResult parsed, ConnectionSlot connections)
    {
        var server = Global.Server(parsed, console);
        var handler = transport ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !server.IsLoopback,
            ConnectTimeout = ConnectTimeMax,
        };
        var http = new HttpClient(handler, disposeHandler: transport is null) { Timeout = Timeout.InfiniteTimeSpan };
        connections.Http = http;
        return new SchedulerClient(new ServerLink(http, server, Global.Token(parsed, console), Global.TimeOut(parsed), time));
    }

    /// <summary>The connection of a command, if it made one.</summary>
    private sealed class ConnectionSlot : IDisposable
    {
        public HttpClient? Http { get; set; }

        public void Dispose() => Http?.Dispose();
    }
}
