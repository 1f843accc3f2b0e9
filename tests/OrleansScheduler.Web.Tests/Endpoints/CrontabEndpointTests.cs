using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Definitions;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;
using OrleansScheduler.Web.OpenApi;

namespace OrleansScheduler.Web.Endpoints;

public sealed class CrontabEndpointTests
{
    private const string All = "/api/v1/crontabs";
    private const string Crontab = """
        MAILTO=ops@example.org
        # the backup
        15 6 * * * /usr/bin/rsync -a /data /backup
        61 * * * * /bin/true

        """;

    [Fact]
    public async Task Makes_schedules_of_jobs_and_tells_what_it_refused()
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?name=root&format=user&zone=Europe/Berlin&who=alice", TestApi.Json(Crontab, "text/plain"));

        var reading = reply.Json.GetProperty("reading");
        var entry = Assert.Single(reading.GetProperty("entries").EnumerateArray());
        Assert.Equal("Europe/Berlin", entry.GetProperty("zone").GetString());
        Assert.Equal("MAILTO", Assert.Single(reading.GetProperty("variables").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(4, Assert.Single(reading.GetProperty("refusals").EnumerateArray()).GetProperty("line").GetInt32());
        Assert.Equal(JsonValueKind.Array, reading.GetProperty("notes").ValueKind);
        Assert.Equal("default/root", reply.Json.GetProperty("report").GetProperty("set").GetString());
        var created = Assert.Single(api.Actors.Calls, call => call.Method == "CreateAsync");
        Assert.StartsWith("default/root", created.Key, StringComparison.Ordinal);
        var definition = (ScheduleDefinition)created.Arguments[0]!;
        Assert.NotNull(definition.InitialPause);
        Assert.Equal(JsonValue.HashOf(definition.Target.Payload).ToString(), entry.GetProperty("command_hash").GetString());
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_is_as_described()
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?dry_run=true", TestApi.Json(Crontab, "text/plain; charset=utf-8"));

        Assert.True(reply.Json.GetProperty("report").GetProperty("dry_run").GetBoolean());
        Assert.All(api.Actors.Calls, call => Assert.Contains(call.Method, new[] { "GetAsync", "CheckAsync" }));
        var document = (await api.GetAsync(OpenApiEndpoints.Address)).Json;
        Assert.Empty(SchemaCheck.Faults(document, SchemaCheck.Find(document, "#/components/schemas/CrontabAnswer"), reply.Json));
    }

    [Theory]
    [InlineData("name=a%20b", "id_invalid", "name", "")]
    [InlineData("name=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "request_invalid", "name", "40 characters")]
    [InlineData("format=cronie", "request_invalid", "format", "auto, user, system")]
    [InlineData("zone=Mars/Olympus", "zone_unknown", "zone", "Mars/Olympus")]
    [InlineData("dry_run=2", "request_invalid", "dry_run", "true or false")]
    [InlineData("user=root", "request_invalid", "user", "Known: dry_run, format, name, prune, who, zone")]
    public async Task Names_the_query_value_that_does_not_fit(string query, string code, string field, string says)
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?{query}", TestApi.Json(Crontab, "text/plain"));

        reply.AssertField(400, code, field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Refuses_bodies_that_are_no_plain_text()
    {
        await using var api = await EmptyServer.StartAsync();

        var json = await api.PostAsync(All, "[]");
        var great = await api.SendAsync(HttpMethod.Post, All, TestApi.Bytes(new byte[(1 << 20) + 1], "text/plain"));

        Assert.Equal("text/plain", json.AssertProblem(415, "content_type_unsupported").Detail("expected"));
        great.AssertProblem(413, "json_too_large");
    }
}
