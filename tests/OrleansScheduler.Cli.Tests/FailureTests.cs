using System.Net;
using System.Reflection;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Fakes;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cli;

public sealed class FailureTests
{
    [Fact]
    public void Every_code_has_a_row()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Concat(typeof(Web.Problems.ApiErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            .Concat(typeof(CliCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.All(codes, code => Assert.True(ExitTable.Lists(code), code));
    }

    [Theory]
    [InlineData(400, "request_invalid", 2)]
    [InlineData(404, "not_found", 3)]
    [InlineData(404, "route_unknown", 1)]
    [InlineData(409, "run_open", 4)]
    [InlineData(412, "revision_conflict", 4)]
    [InlineData(422, "unknown_handler", 5)]
    [InlineData(400, "cron_invalid", 5)]
    [InlineData(503, "stopping", 6)]
    [InlineData(401, "administrator_needed", 7)]
    [InlineData(403, "administrator_needed", 7)]
    [InlineData(429, "overloaded", 8)]
    [InlineData(503, "queue_full", 8)]
    [InlineData(500, "internal", 1)]
    [InlineData(409, "of_a_newer_server", 4)]
    [InlineData(403, "of_a_newer_server", 7)]
    [InlineData(500, "of_a_newer_server", 1)]
    public async Task A_code_decides_the_exit(int status, string code, int expected)
    {
        var cli = new CliRun();
        cli.Server.Refuse("GET /schedules/nightly", status, code, "It is so.");

        int exit = await cli.RunAsync("schedule", "show", "nightly");

        Assert.Equal(expected, exit);
        Assert.Equal($"error: {code}: It is so.\n", cli.Errors);
        Assert.Empty(cli.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("schedule --help")]
    [InlineData("completion bash")]
    public async Task Output_that_nobody_reads_ends_the_command_quietly(string args)
    {
        var cli = new CliRun { IsOutputBroken = true };

        int exit = await cli.RunAsync(args.Split(' '));

        Assert.Equal(1, exit);
        Assert.Equal("error: output_failed: Broken pipe\n", cli.Errors);
    }

    [Fact]
    public async Task The_field_is_named()
    {
        var cli = new CliRun();
        cli.Server.Refuse("GET /runs?limit=50", 400, "request_invalid", "limit goes from 1 to 20.", """ "details":{"field":"limit","min":"1","max":"20"} """);

        await cli.RunAsync("runs", "ls");

        Assert.Equal("error: request_invalid: limit goes from 1 to 20. (field limit, max 20, min 1)\n", cli.Errors);
    }

    [Fact]
    public async Task For_programs_a_refusal_is_the_answer_of_the_server_too()
    {
        var cli = new CliRun();
        cli.Server.On("GET /schedules/nightly", """{"code":"not_found","detail":"No.","details":{}}""", 404);

        int exit = await cli.RunAsync("schedule", "show", "nightly", "--json");

        Assert.Equal(3, exit);
        Assert.Equal("{\"code\":\"not_found\",\"detail\":\"No.\",\"details\":{}}\n", cli.Output);
        Assert.Equal("error: not_found: No.\n", cli.Errors);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", 502)]
    [InlineData("", 500)]
    [InlineData("[1]", 500)]
    [InlineData("{\"code\":7}", 500)]
    public async Task A_failure_of_something_else_is_told_as_such(string body, int status)
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", body, status);

        int exit = await cli.RunAsync("governor");

        Assert.Equal(1, exit);
        Assert.StartsWith($"error: server_failed: The server answered with status {status}", cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("{\"settings\":{\"cap\":1,\"groups\":{},\"new\":1},\"leases\":[],\"waiting\":0,\"granted\":0,\"expired\":0}")]
    public async Task A_contract_is_read_strictly(string body)
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", body);

        int exit = await cli.RunAsync("governor");

        Assert.Equal(1, exit);
        Assert.StartsWith("error: answer_unreadable: ", cli.Errors, StringComparison.Ordinal);
        Assert.Single(cli.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_is_around_contracts_may_have_new_members()
    {
        var cli = new CliRun();
        cli.Server.On("GET /runs?limit=50", """{"runs":[],"total":0}""");

        Assert.Equal(0, await cli.RunAsync("runs", "ls"));
        Assert.Equal("There are no such runs.\n", cli.Errors);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(new byte[AnswerBody.BytesMax + 1]),
        }));

        int exit = await cli.RunAsync("governor");

        Assert.Equal(1, exit);
        Assert.StartsWith("error: answer_too_large: ", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_with_the_address()
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync(transport: null, "governor", "--server", "http://127.0.0.1:1");

        Assert.Equal(6, exit);
        Assert.StartsWith("error: server_unreachable: http://127.0.0.1:1 cannot be reached: ", cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /governor", 6, "error: time_out: http://127.0.0.1:5080 did not answer within 5s.\n", "governor")]
    [InlineData(
        "POST /schedules/a/execute",
        1,
        "error: outcome_unknown: http://127.0.0.1:5080 did not answer within 5s; the change may or may not have happened.\n",
        "schedule",
        "run",
        "a")]
    public async Task A_server_that_does_not_answer_is_given_up(string request, int expected, string message, params string[] args)
    {
        var cli = new CliRun();
        cli.Server.On(request, Forever);
        var armed = cli.Time.ArmedForAsync(Recorded.Now.AddSeconds(5));

        var running = cli.RunAsync([.. args, "--time-out", "5s"]);
        await armed;
        cli.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(expected, await running);
        Assert.Equal(message, cli.Errors);
    }

    [Fact]
    public async Task A_broken_connection_leaves_a_change_in_doubt()
    {
        var cli = new CliRun();
        cli.Server.On("POST /schedules/a/execute", _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "It ended."));

        int exit = await cli.RunAsync("schedule", "run", "a");

        Assert.Equal(1, exit);
        Assert.StartsWith("error: outcome_unknown: ", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_can_be_interrupted()
    {
        var cli = new CliRun();
        cli.Server.On("GET /governor", Forever);
        var armed = cli.Time.NextArmedAsync();

        var running = cli.RunAsync("governor");
        await armed;
        cli.Interruption.Cancel();

        Assert.Equal(1, await running);
        Assert.Equal("error: interrupted: Stopped before it was done.\n", cli.Errors);
    }

    [Theory]
    [InlineData("governor", "--server", "example.com")]
    [InlineData("governor", "--server", "ftp://example.com")]
    [InlineData("governor", "--server", "http://example.com/api")]
    [InlineData("governor", "--server", "http://me:secret@example.com")]
    [InlineData("governor", "--time-out", "1h")]
    [InlineData("governor", "--time-out", "soon")]
    [InlineData("governor", "--who", "")]
    [InlineData("governor", "--colour")]
    [InlineData("schedule", "show", "..")]
    [InlineData("space", "get", "s", ".")]
    [InlineData("no-such-command")]
    [InlineData("schedule")]
    [InlineData]
    public async Task Arguments_that_make_no_sense_are_refused_before_anything_is_sent(params string[] args)
    {
        var cli = new CliRun();

        int exit = await cli.RunAsync(args);

        Assert.Equal(2, exit);
        Assert.StartsWith("error: usage: ", cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Server.Requests);
        Assert.Empty(cli.Output);
        Assert.DoesNotContain("secret", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_comes_from_the_environment_unless_it_is_named()
    {
        List<string> hosts = [];
        var cli = new CliRun();
        cli.Environment["OSCHED_SERVER"] = "http://one.example:7/";
        var transport = new Listener(request => hosts.Add(request.RequestUri!.Authority));

        await cli.RunAsync(transport, "governor");
        await cli.RunAsync(transport, "governor", "--server", "https://two.example");

        Assert.Equal(["one.example:7", "two.example"], hosts);
    }

    private static async Task<HttpResponseMessage> Forever(CancellationToken cancellation)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        return await never.Task.WaitAsync(cancellation);
    }

    private sealed class Listener(Action<HttpRequestMessage> listen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            listen(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Recorded.Governor()) });
        }
    }
}
