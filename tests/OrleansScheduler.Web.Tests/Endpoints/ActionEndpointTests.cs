using System.Collections.Immutable;
using System.Net;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class ActionEndpointTests
{
    private const string Actions = "/api/v1/spaces/quakes/actions";
    private const string Escaped = "strongest%20Alaska~3fa9c012";

    [Fact]
    public async Task Registers_actions()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("RegisterAsync", ImmutableArray.Create(new RegisteredAction(Samples.Action, Registration.Created)));
        const string body = """
            [{"name":"a","handler":"h","kind":"computation","inputs":["x/y"],"outputs":["z"],"payload":{"k":1},"time_limit":"2s"},
             {"name":"b","handler":"h","kind":"effect"}]
            """;

        var reply = await api.PostAsync(Actions, body);

        Assert.Equal("""[{"action":"strongest Alaska~3fa9c012","outcome":"created"}]""", reply.Text);
        var definitions = (ImmutableArray<ActionDefinition>)api.Actors.Call.Arguments[0]!;
        Assert.Equal(Address.Parse("x/y"), Assert.Single(definitions[0].Inputs));
        Assert.Equal(TimeSpan.FromSeconds(2), definitions[0].TimeLimit);
        Assert.Equal((ActionKind.Effect, 0, 0), (definitions[1].Kind, definitions[1].Inputs.Length, definitions[1].Outputs.Length));
    }

    [Fact]
    public async Task Lists_actions()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListActionsAsync", new ActionPage(42, [Samples.ActionSummary], null));

        var reply = await api.GetAsync($"{Actions}?after=a~00000000&limit=1000");

        Assert.Equal(["a~00000000", 1000], api.Actors.Call.Arguments);
        Assert.Equal("clean", reply.Json.GetProperty("actions")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Shows_an_action_by_its_escaped_id()
    {
        await using var api = await TestApi.StartAsync();
        var definition = new ActionDefinition("strongest Alaska", "strongest", ActionKind.Computation, [], []);
        api.Actors.Answer("GetActionAsync", new ActionDetail(Samples.ActionSummary, definition, 1, [new FirstCause(1)], null, []));

        var reply = await api.GetAsync($"{Actions}/{Escaped}");

        Assert.Equal(["strongest Alaska~3fa9c012"], api.Actors.Call.Arguments);
        Assert.Equal("first", reply.Json.GetProperty("causes")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Unregisters_by_id_only()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("UnregisterAsync", null);

        var done = await api.SendAsync(HttpMethod.Delete, $"{Actions}/{Escaped}", null);
        var refused = await api.SendAsync(HttpMethod.Delete, $"{Actions}/strongest", null);

        Assert.Equal((HttpStatusCode.NoContent, ""), (done.Status, done.Text));
        Assert.Equal([ActionId.Parse("strongest Alaska~3fa9c012")], api.Actors.Call.Arguments);
        refused.AssertProblem(400, "id_invalid");
    }

    [Theory]
    [InlineData(null, "api")]
    [InlineData("{}", "api")]
    [InlineData("""{"who":"alice"}""", "alice")]
    public async Task Asks_for_a_run(string? body, string who)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("MarkAsync", null);

        var reply = await api.SendAsync(HttpMethod.Post, $"{Actions}/strongest/run", body is null ? null : TestApi.Json(body));

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(["strongest", who], api.Actors.Call.Arguments);
    }

    [Theory]
    [InlineData("""{"who":""}""")]
    [InlineData("LONG")]
    public async Task A_name_has_a_length(string body)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync($"{Actions}/strongest/run", body == "LONG" ? $$"""{"who":"{{new string('x', 201)}}"}""" : body);

        reply.AssertField(400, "request_invalid", "who", "200 characters");
    }

    [Theory]
    [InlineData($"{Actions}/{Escaped}/explain?run=3", 3L)]
    [InlineData($"/api/v1/spaces/quakes/explain/{Escaped}", null)]
    public async Task Explains_an_action(string path, long? run)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ExplainAsync", new Explanation(Samples.Action, ActionState.Dirty, true, null, [], [Samples.Commit], ["Because."]));

        var reply = await api.GetAsync(path);

        Assert.Equal(["strongest Alaska~3fa9c012", run], api.Actors.Call.Arguments);
        Assert.Equal("Because.", reply.Json.GetProperty("sentences")[0].GetString());
    }
}
