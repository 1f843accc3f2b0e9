using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class SpaceEndpointTests
{
    [Fact]
    public async Task Lists_the_spaces_of_the_owner()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListAsync", new CatalogPage(["a", "b"], "b"));

        var reply = await api.GetAsync("/api/v1/spaces?after=0&limit=2");

        Assert.Equal("""{"names":["a","b"],"next":"b"}""", reply.Text);
        Assert.Equal(("ICatalog", "default"), (api.Actors.Call.Actor, api.Actors.Call.Key));
        Assert.Equal([MemberKind.Space, "0", 2], api.Actors.Call.Arguments);
    }

    [Fact]
    public async Task Summarizes_a_space()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("SummarizeAsync", Samples.Summary);

        var reply = await api.GetAsync("/api/v1/spaces/quakes");

        Assert.Equal("default/quakes", api.Actors.Call.Key);
        Assert.Equal(42, reply.Json.GetProperty("sequence").GetInt64());
        Assert.Equal("application/json", reply.ContentHeaders.ContentType?.MediaType);
    }

    [Fact]
    public async Task Shows_the_graph()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GraphAsync", new SpaceGraph(42, [Samples.ActionSummary], [new GraphEdge(Samples.Action, Samples.Action)], false));

        var reply = await api.GetAsync("/api/v1/spaces/quakes/graph");

        Assert.Equal("strongest Alaska~3fa9c012", reply.Json.GetProperty("edges")[0].GetProperty("writer").GetString());
    }

    [Fact]
    public async Task Pulls_a_value()
    {
        await using var api = await TestApi.StartAsync();
        var address = Address.Parse("ranking[0]");
        api.Actors.Answer("PullAsync", new PullAnswer(true, 50, Samples.Read(address, 7).Reads[0]));

        var reply = await api.GetAsync("/api/v1/spaces/quakes/pull?document=ranking&path=%5B0%5D&wait=10s");

        Assert.Equal(("ISettler", "default/quakes"), (api.Actors.Call.Actor, api.Actors.Call.Key));
        Assert.Equal([new ReadTarget(address, ReadDepth.Deep), TimeSpan.FromSeconds(10)], api.Actors.Call.Arguments);
        Assert.True(reply.Json.GetProperty("settled").GetBoolean());
        Assert.Equal(7, reply.Json.GetProperty("read").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Shows_what_runs_took()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListStatisticsAsync", new StatisticsPage(7, 1, TimeSpan.FromSeconds(2), [], "5"));

        var reply = await api.GetAsync("/api/v1/spaces/quakes/statistics?after=4&limit=10");

        Assert.Equal(("ISettler", "default/quakes"), (api.Actors.Call.Actor, api.Actors.Call.Key));
        Assert.Equal(["4", 10], api.Actors.Call.Arguments);
        Assert.Equal("2s", reply.Json.GetProperty("total").GetString());
    }

    [Fact]
    public async Task Waits_for_rest()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("WaitIdleAsync", true);

        var reply = await api.GetAsync("/api/v1/spaces/quakes/idle?wait=200ms");

        Assert.Equal("""{"idle":true}""", reply.Text);
        Assert.Equal([TimeSpan.FromMilliseconds(200)], api.Actors.Call.Arguments);
    }

    [Theory]
    [InlineData("GET", "/api/v1/spaces/quakes%20x")]
    [InlineData("GET", "/api/v1/spaces/quakes!/documents")]
    [InlineData("GET", "/api/v1/schedules/a:b")]
    public async Task Refuses_what_is_no_name(string method, string path)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method), path, null);

        reply.AssertProblem(400, "id_invalid");
        Assert.Empty(api.Actors.Calls);
    }
}
