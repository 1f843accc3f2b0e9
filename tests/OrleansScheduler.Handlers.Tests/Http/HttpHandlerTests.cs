using Microsoft.AspNetCore.Http;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Http;

/// <summary>Exchanges with a real server.</summary>
public sealed class HttpHandlerTests : IDisposable
{
    private readonly HttpHandlerOptions _options = new() { ResponseBytesMax = 10_000 };
    private readonly SocketsHttpHandler _transport;
    private readonly HttpMessageInvoker _invoker;

    public HttpHandlerTests()
    {
        _transport = HttpHandler.CreateTransport(_options);
        _invoker = new HttpMessageInvoker(_transport);
    }

    private HttpHandler Handler => new(_invoker, _options, TestTime.System);

    public void Dispose() => _invoker.Dispose();

    [Fact]
    public async Task A_request_carries_what_the_payload_says_and_its_answer_is_written()
    {
        string seen = "";
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers["X-Key"]} {context.Request.ContentType} {await reader.ReadToEndAsync()}";
            context.Response.StatusCode = 201;
            context.Response.Headers["X-Answer"] = "yes";
            context.Response.Headers.SetCookie = "secret=1";
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync("""{"ok": true}""");
        });
        var run = new TestRun($"{{'method': 'POST', 'url': '{server.Address}/a?q={{{{uri v/q}}}}', 'headers': {{'X-Key': 'k {{{{v/q}}}}'}}, 'read': {{'v': 'doc'}}, 'body_from': 'v', 'write': 'out'}}");
        run.Documents["doc"] = JsonValue.Parse("""{"q": "a&b"}""");

        await Handler.HandleAsync(run);

        Assert.Equal("POST /a?q=a%26b k a&b application/json {\"q\":\"a&b\"}", seen);
        var answer = (JsonObject)run.Writes["out"];
        var headers = (JsonObject)answer["headers"]!;
        Assert.Equal((201, JsonValue.Parse("""{"ok": true}""")), (answer["status"]!.AsInt64(), answer["body"]));
        Assert.Equal(("yes", null), (headers["x-answer"]!.AsText(), headers["set-cookie"]));
    }

    [Theory]
    [InlineData(200, "", true)]
    [InlineData(204, "", true)]
    [InlineData(404, "", false)]
    [InlineData(404, ", 'expected_status': ['2xx', 404]", true)]
    [InlineData(404, ", 'expected_status': '400-410'", true)]
    [InlineData(200, ", 'expected_status': 201", false)]
    [InlineData(302, ", 'expected_status': '3xx'", true)]
    public async Task A_status_is_expected_or_fails_the_run(int status, string expected, bool isFine)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = status == 302 ? "/elsewhere" : default;
            return Task.CompletedTask;
        });
        var run = new TestRun($"{{'url': '{server.Address}/x?token=secret', 'write': 'out'{expected}}}");

        if (isFine)
        {
            await Handler.HandleAsync(run);
            Assert.Equal(status, ((JsonObject)run.Writes["out"])["status"]!.AsInt64());
        }
        else
        {
            SchedulerException fault = await run.FailsAsync(Handler);
            Assert.Equal((HandlerErrorCodes.HttpStatus, status.ToString(System.Globalization.CultureInfo.InvariantCulture)), (fault.Code, fault.Details["status"]));
            Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Redirects_are_followed_so_often_and_secrets_stay_with_the_first_server()
    {
        string seen = "";
        await using LoopbackServer other = await LoopbackServer.StartAsync(context =>
        {
            seen = $"{context.Request.Method} {context.Request.Headers.Authorization}{context.Request.Headers["X-Key"]}{context.Request.Headers.Accept}";
            return context.Response.WriteAsync("there");
        });
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = context.Request.Path == "/loop" ? "/loop" : other.Address + "/";
            return Task.CompletedTask;
        });
        const string headers = "'headers': {'Authorization': 'Bearer s', 'X-Key': 's', 'Accept': 'text/plain'}";
        var run = new TestRun($"{{'method': 'POST', 'body': 'x', 'url': '{server.Address}/', 'write': 'out', {headers}}}");

        await Handler.HandleAsync(run);
        SchedulerException loop = await new TestRun($"{{'url': '{server.Address}/loop', 'redirects_max': 2}}").FailsAsync(Handler);
        SchedulerException none = await new TestRun($"{{'url': '{server.Address}/', 'redirects_max': 0}}").FailsAsync(Handler);

        Assert.Equal("GET text/plain", seen);
        Assert.Equal("there", ((JsonObject)run.Writes["out"])["body"]!.AsText());
        Assert.Equal(HandlerErrorCodes.HttpRedirectRefused, loop.Code);
        Assert.Equal(HandlerErrorCodes.HttpStatus, none.Code);
    }

    [Fact]
    public async Task A_redirect_to_no_http_address_is_refused()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "file:///etc/passwd";
            return Task.CompletedTask;
        });

        Assert.Equal(HandlerErrorCodes.HttpRedirectRefused, (await new TestRun($"{{'url': '{server.Address}/'}}").FailsAsync(Handler)).Code);
    }

    [Fact]
    public async Task A_long_body_is_refused_and_a_slow_answer_times_out()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/long")
            {
                await context.Response.WriteAsync(new string('x', 10_001));
                return;
            }

            await context.Response.Body.FlushAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });

        Assert.Equal(HandlerErrorCodes.HttpResponseTooLarge, (await new TestRun($"{{'url': '{server.Address}/long'}}").FailsAsync(Handler)).Code);
        Assert.Equal(HandlerErrorCodes.HttpTimeout, (await new TestRun($"{{'url': '{server.Address}/', 'time_out': '100ms'}}").FailsAsync(Handler)).Code);
    }

    [Fact]
    public async Task An_abort_ends_the_exchange_on_both_sides()
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            arrived.SetResult();
            await gone.Task;
        });
        var run = new TestRun($"{{'url': '{server.Address}/'}}");
        Task exchange = Handler.HandleAsync(run);
        await arrived.Task;

        run.Abort();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        await gone.Task;
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_to_repeat()
    {
        LoopbackServer server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        string address = server.Address;
        await server.DisposeAsync();

        SchedulerException fault = await new TestRun($"{{'url': '{address}/'}}").FailsAsync(Handler);

        Assert.Equal((HandlerErrorCodes.HttpFailed, true), (fault.Code, fault.IsTransient));
    }

    [Fact]
    public async Task A_header_that_a_value_breaks_is_refused_without_telling_it()
    {
        var run = new TestRun("{'url': 'http://127.0.0.1:9/', 'read': {'v': 'doc'}, 'headers': {'X-Key': '{{v}}'}}");
        run.Documents["doc"] = "secret\r\nX-Other: 1";

        SchedulerException fault = await run.FailsAsync(Handler);

        Assert.Equal((ErrorCodes.RequestInvalid, "payload.headers.X-Key"), (fault.Code, fault.Details["field"]));
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "payload.url")]
    [InlineData("{'url': 'ftp://a/'}", "payload.url")]
    [InlineData("{'url': 'http://a/', 'method': 'get'}", "payload.method")]
    [InlineData("{'url': 'http://a/', 'method': 'CONNECT'}", "payload.method")]
    [InlineData("{'url': 'http://a/', 'time_out': '21m'}", "payload.time_out")]
    [InlineData("{'url': 'http://a/', 'redirects_max': 11}", "payload.redirects_max")]
    [InlineData("{'url': 'http://a/', 'expected_status': ['6xx']}", "payload.expected_status")]
    [InlineData("{'url': 'http://a/', 'expected_status': []}", "payload.expected_status")]
    [InlineData("{'url': 'http://a/', 'headers': {'Content-Length': '1'}}", "payload.headers.Content-Length")]
    [InlineData("{'url': 'http://a/', 'headers': {'a b': '1'}}", "payload.headers.a b")]
    [InlineData("{'url': 'http://a/', 'response_bytes_max': 10001}", "payload.response_bytes_max")]
    [InlineData("{'url': 'http://a/', 'write': 'x~9'}", "payload.write")]
    public void A_wrong_payload_is_refused_by_field(string payload, string field)
    {
        var fault = Assert.Throws<SchedulerException>(() => HttpPayload.Of(JsonValue.Parse(payload.Replace('\'', '"')), _options));

        Assert.Equal((ErrorCodes.RequestInvalid, field), (fault.Code, fault.Details["field"]));
    }
}
