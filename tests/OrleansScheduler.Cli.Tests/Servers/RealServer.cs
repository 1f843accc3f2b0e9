using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Embedded;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;
using OrleansScheduler.Web;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Cli.Servers;

/// <summary>A server as a host runs it: Kestrel, the interface and the embedded engine, but with a clock of the test.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    public const string Token = "administrator-of-this-test";

    private readonly EventLog _log = new();
    private readonly FakeTime _time = new();
    private EmbeddedScheduler? _scheduler;
    private WebApplication? _app;

    /// <summary>Where the program is run.</summary>
    public TestFolder Folder { get; } = new();

    public string Address => _app!.Urls.First();

    public static async Task<RealServer> StartAsync()
    {
        var server = new RealServer();
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(server._log));
        var builder = new EmbeddedSchedulerBuilder { Folder = Path.Combine(server.Folder.Path, "data"), Time = server._time, Loggers = loggers, Seed = 1 };
        builder.Handlers.Add("process", () => new SaysWhatItWasTold());
        builder.Handlers.Add("breaks", () => new Breaks());
        server._scheduler = await builder.StartAsync(CancellationToken.None);
        server._app = Compose(server._scheduler, server._time);
        await server._app.StartAsync();
        server.Folder.With("data/administrator.token", Token + "\n");
        return server;
    }

    /// <summary>The program, run against this server.</summary>
    public async Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] args)
    {
        var cli = new CliRun { Folder = Folder, Input = input, Environment = { ["OSCHED_SERVER"] = Address } };
        int exit = await cli.RunAsync(transport: null, args);
        return (exit, cli.Output, cli.Errors);
    }

    /// <summary>Completes when the history knows so many runs of a schedule. Ask before what makes them end.</summary>
    public Task HistoryKnowsAsync(string schedule, int runs) => _log.SeenAsync($"The history knows {runs} ended runs of default/{schedule}");

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_scheduler is not null)
        {
            await _scheduler.DisposeAsync();
        }

        Folder.Dispose();
    }

    private static WebApplication Compose(EmbeddedScheduler scheduler, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IActorDirectory>(scheduler.Directory)
            .AddSingleton<ISchedulerHealth>(new AlwaysHealthy())
            .AddSingleton(time)
            .AddSchedulerApi(new SchedulerApiOptions { AdministratorToken = Token });
        var app = builder.Build();
        app.MapScheduler();
        return app;
    }

    private sealed class AlwaysHealthy : ISchedulerHealth
    {
        public HealthReport Report() => new([]);
    }
}
