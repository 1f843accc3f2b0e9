using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OrleansScheduler.Definitions;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class DefinitionEndpointTests
{
    private const string All = "/api/v1/definitions";
    private const string File = """
        name: nightly
        schedules:
          backup:
            when: daily at 6
            target:
              handler: feed
        """;

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("text/yaml; charset=utf-8")]
    public async Task Makes_what_is_live_agree_with_a_file(string type)
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?who=alice", TestApi.Json(File, type));

        Assert.Equal("default/nightly", reply.Json.GetProperty("set").GetString());
        var change = Assert.Single(reply.Json.GetProperty("changes").EnumerateArray());
        Assert.Equal(("schedule", "backup", "created"), (Text(change, "kind"), Text(change, "id"), Text(change, "change")));
        var created = Assert.Single(api.Actors.Calls, call => call.Method == "CreateAsync");
        Assert.Equal(("default/backup", new CronTrigger("0 6 * * *")), (created.Key, ((ScheduleDefinition)created.Arguments[0]!).Trigger));
    }

    [Fact]
    public async Task Json_is_read_as_json()
    {
        await using var api = await EmptyServer.StartAsync();

        var read = await api.PostAsync(All, """{"schedules":{"backup":{"when":"daily at 6","target":{"handler":"feed"}}}}""");
        var refused = await api.PostAsync(All, File);

        Assert.Equal(200, (int)read.Status);
        refused.AssertProblem(400, "definition_invalid");
        Assert.Equal("scheduler.json", Text(refused.Json.GetProperty("faults")[0], "file"));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?dry_run=true&prune=true", TestApi.Json(File, "application/yaml"));

        Assert.True(reply.Json.GetProperty("dry_run").GetBoolean());
        Assert.All(api.Actors.Calls, call => Assert.Contains(call.Method, new[] { "GetAsync", "CheckAsync" }));
    }

    [Fact]
    public async Task Tells_every_fault_with_its_place()
    {
        await using var api = await EmptyServer.StartAsync();
        var text = File.Replace("daily at 6", "dayly at 6", StringComparison.Ordinal).Replace("handler", "handlr", StringComparison.Ordinal);

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?file=jobs.yaml", TestApi.Json(text, "application/yaml"));

        reply.AssertProblem(400, "definition_invalid");
        var faults = reply.Json.GetProperty("faults").EnumerateArray().ToArray();
        Assert.True(faults.Length >= 2, reply.Text);
        Assert.Equal($"{faults.Length}", reply.Detail("faults"));
        Assert.All(faults, fault => Assert.Equal("jobs.yaml", Text(fault, "file")));
        var first = faults[0];
        Assert.Equal((4, "schedules.backup.when"), (first.GetProperty("line").GetInt32(), Text(first, "field")));
        Assert.InRange(first.GetProperty("column").GetInt32(), 5, 13);
        Assert.NotEmpty(Text(first, "message"));
        Assert.Contains("jobs.yaml:4:", Text(reply.Json, "detail"), StringComparison.Ordinal);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Only_problems_of_files_have_faults()
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, All, null);

        Assert.False(reply.Json.TryGetProperty("faults", out _));
    }

    [Theory]
    [InlineData("dry_run=1", "dry_run", "true or false")]
    [InlineData("prune=yes", "prune", "true or false")]
    [InlineData("purge=true", "purge", "Known: dry_run, file, prune, who")]
    public async Task Names_the_query_value_that_does_not_fit(string query, string field, string says)
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Post, $"{All}?{query}", TestApi.Json(File, "application/yaml"));

        reply.AssertField(400, "request_invalid", field, says);
    }

    [Fact]
    public async Task Refuses_bodies_that_it_cannot_read()
    {
        await using var api = await EmptyServer.StartAsync();

        var missing = await api.SendAsync(HttpMethod.Post, All, null);
        var plain = await api.SendAsync(HttpMethod.Post, All, TestApi.Json(File, "text/plain"));
        var latin = await api.SendAsync(HttpMethod.Post, All, TestApi.Bytes([(byte)'a', (byte)':', 0xC3, 0xA4, 0xE4, (byte)'b'], "application/yaml"));
        var cut = await api.SendAsync(HttpMethod.Post, All, TestApi.Bytes([0xEF, 0xBB, 0xBF, (byte)'a', 0xC3], "application/yaml"));
        var great = await api.SendAsync(HttpMethod.Post, All, TestApi.Bytes(new byte[(1 << 20) + 1], "application/yaml"));

        missing.AssertField(400, "request_invalid", "body", "missing");
        Assert.Equal("application/yaml or application/json", plain.AssertProblem(415, "content_type_unsupported").Detail("expected"));
        latin.AssertField(400, "request_invalid", "body", "no UTF-8");
        Assert.Equal(("4", "4"), (latin.Detail("position"), cut.Detail("position")));
        Assert.Equal("1048576", great.AssertProblem(413, "json_too_large").Detail("limit"));
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Somebody_else_may_apply_the_same_set_meanwhile()
    {
        await using var api = await EmptyServer.StartAsync();
        api.Actors.Fail("SaveAsync", new SchedulerException(ErrorCodes.RevisionConflict, "Changed.").With("revision", "2"));

        var reply = await api.SendAsync(HttpMethod.Post, All, TestApi.Json(File, "application/yaml"));

        reply.AssertProblem(409, "revision_conflict");
    }

    [Fact]
    public async Task Publishes_the_schema()
    {
        await using var api = await EmptyServer.StartAsync();

        var reply = await api.GetAsync($"{All}/schema");

        Assert.Equal("application/schema+json", reply.ContentHeaders.ContentType?.MediaType);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Text(reply.Json, "$schema"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
