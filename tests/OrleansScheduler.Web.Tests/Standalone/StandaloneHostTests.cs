using System.Net;
using System.Net.Sockets;
using OrleansScheduler.Errors;
using OrleansScheduler.Hosting;
using OrleansScheduler.Standalone;
using OrleansScheduler.Testing;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Standalone;

public sealed class StandaloneHostTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    [Fact]
    public async Task Serves_until_it_is_asked_to_stop()
    {
        var scheduler = new FakeScheduler();
        scheduler.Actors.Answer("SummarizeAsync", Samples.Summary);
        await using var host = RunningHost.Start(scheduler, "--hold");

        var address = await host.ReadyAsync();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var summary = await Reply.ReadAsync(await client.GetAsync("/api/v1/spaces/quakes"));
        var health = await Reply.ReadAsync(await client.GetAsync("/health/ready"));
        var released = await Reply.ReadAsync(await client.PostAsync("/api/v1/ops/release", null));
        var code = await host.StopAsync();

        Assert.Matches("^http://127.0.0.1:[1-9][0-9]*$", address);
        Assert.Equal(42, summary.Json.GetProperty("sequence").GetInt64());
        Assert.Equal("degraded", health.Json.GetProperty("status").GetString());
        Assert.Equal(("""{"done":true}""", 1), (released.Text, scheduler.Releases));
        Assert.Equal((0, 1, ""), (code, scheduler.Stops, host.Errors));
        Assert.Contains($"curl {address}/api/v1/spaces/earthquakes/documents/ranking", host.Output, StringComparison.Ordinal);
        Assert.Contains($"{address}/api/v1/spaces/earthquakes/documents/quake.x?path=/mag", host.Output, StringComparison.Ordinal);
        Assert.Contains($"curl {address}/api/v1/spaces/earthquakes/explain/ranking", host.Output, StringComparison.Ordinal);
        Assert.Contains("curl -X POST", host.Output, StringComparison.Ordinal);
        Assert.EndsWith($"ready {address}{Environment.NewLine}", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_to_its_own_names_only()
    {
        await using var host = RunningHost.Start(new FakeScheduler());
        using var client = new HttpClient { BaseAddress = new Uri(await host.ReadyAsync()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "evil.example" } };

        var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Says_what_could_not_be_kept()
    {
        await using var host = RunningHost.Start(new FakeScheduler { Lost = ["space default/quakes"] });

        await host.ReadyAsync();
        var code = await host.StopAsync();

        Assert.Equal((1, $"error: not made durable in time: space default/quakes{Environment.NewLine}"), (code, host.Errors));
    }

    [Fact]
    public async Task Gives_the_port_up_to_who_has_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var scheduler = new FakeScheduler();
        await using var host = RunningHost.Start(scheduler, $"http://{other.LocalEndpoint}", []);

        var code = await host.ExitAsync();

        Assert.Equal((5, 1), (code, scheduler.Stops));
        Assert.Contains("address already in use", Assert.Single(host.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCodes.StorageLocked, 3)]
    [InlineData(ErrorCodes.StorageFormat, 4)]
    [InlineData(ErrorCodes.StorageFailed, 1)]
    public async Task Says_in_one_line_why_it_cannot_start(string code, int exit)
    {
        await using var host = RunningHost.Failing(new StorageException(code, "Not\nnow."));

        var exited = await host.ExitAsync();

        Assert.Equal((exit, "error: Not now."), (exited, Assert.Single(host.ErrorLines)));
        Assert.Equal("", host.Output);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "error: 'http://0.0.0.0:5080' is not accepted")]
    [InlineData(AnyPort, "error: '--nonsense' is not known.", "--nonsense")]
    public async Task Refuses_arguments_with_the_usage(string urls, string says, params string[] args)
    {
        await using var host = RunningHost.Start(new FakeScheduler(), urls, args);

        var code = await host.ExitAsync();

        Assert.Equal(2, code);
        Assert.StartsWith(says, host.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("Usage:", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_no_fault()
    {
        await using var host = RunningHost.Start(new FakeScheduler(), "--help");

        var code = await host.ExitAsync();

        Assert.Equal((0, ""), (code, host.Errors));
        Assert.Contains("--sample-period", host.Output, StringComparison.Ordinal);
    }

    private sealed class RunningHost : IAsyncDisposable
    {
        private readonly LineWriter _output = new("ready ");
        private readonly StringWriter _errors = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task<int> _run;

        private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

        private RunningHost(SchedulerStart start, string urls, string[] args) =>
            _run = new StandaloneHost(start, new FakeTime(), _output, _errors).RunAsync(["--data", _folder, .. args], urls, _stop.Token);

        public string Output => _output.ToString();

        public string Errors => _errors.ToString();

        public string[] ErrorLines => Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        public static RunningHost Start(FakeScheduler scheduler, params string[] args) => Start(scheduler, AnyPort, args);

        public static RunningHost Start(FakeScheduler scheduler, string urls, string[] args) =>
            new((_, _, _) => Task.FromResult<IRunningScheduler>(scheduler), urls, args);

        public static RunningHost Failing(Exception fault) =>
            new((_, _, _) => Task.FromException<IRunningScheduler>(fault), AnyPort, []);

        public async Task<string> ReadyAsync()
        {
            var first = await Task.WhenAny(_output.Found, _run);
            Assert.True(first == _output.Found, Errors);
            return (await _output.Found)["ready ".Length..];
        }

        public Task<int> ExitAsync() => _run;

        public async Task<int> StopAsync()
        {
            await _stop.CancelAsync();
            return await _run;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
