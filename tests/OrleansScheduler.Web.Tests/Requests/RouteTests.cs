using System.Net;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Requests;

public sealed class RouteTests
{
    [Fact]
    public async Task The_front_page_names_the_main_addresses()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync("/");

        Assert.Equal("text/plain", reply.ContentHeaders.ContentType?.MediaType);
        Assert.Contains("/api/v1/spaces/{space}/documents", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing?x=1")]
    [InlineData("POST", "/api/v1/spaces/a/b/c/d")]
    [InlineData("DELETE", "/index.html")]
    [InlineData("GET", "/api/v2/spaces")]
    [InlineData("GET", "/health")]
    public async Task Unknown_addresses_are_problems(string method, string path)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method), path, null);

        reply.AssertProblem(404, "route_unknown");
        Assert.Equal(path.Split('?')[0], reply.Json.GetProperty("instance").GetString());
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/spaces", "GET, HEAD")]
    [InlineData("POST", "/api/v1/spaces/a/documents/b", "GET, HEAD, PUT, PATCH, DELETE")]
    [InlineData("GET", "/api/v1/schedules/a/execute", "POST")]
    [InlineData("GET", "/api/v1/ops/test", "POST")]
    [InlineData("PUT", "/api/v1/permissions/program/%2Fbin%2Fls", "DELETE")]
    [InlineData("POST", "/openapi/v1.json", "GET, HEAD")]
    public async Task Known_addresses_name_their_methods(string method, string path, string allowed)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method), path, null);

        reply.AssertProblem(405, "method_not_allowed");
        Assert.Equal(allowed, string.Join(", ", reply.ContentHeaders.Allow));
    }

    [Fact]
    public async Task Head_answers_without_a_body()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("SummarizeAsync", Samples.Summary);

        var reply = await api.SendAsync(HttpMethod.Head, "/api/v1/spaces/quakes", null);

        Assert.Equal((HttpStatusCode.OK, ""), (reply.Status, reply.Text));
        Assert.True(reply.ContentHeaders.ContentLength > 0);
    }

    [Theory]
    [InlineData("/api/v1/spaces/a/documents/b%2Fc", "slash")]
    [InlineData("/api/v1/spaces/a/documents/b%ff", "UTF-8")]
    public async Task An_address_is_read_whole_or_not_at_all(string path, string says)
    {
        await using var api = await TestApi.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(api.Client.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        var reply = await Reply.ReadAsync(await api.Client.SendAsync(request));

        reply.AssertProblem(400, "path_invalid");
        Assert.Contains(says, reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("SELF", 200)]
    public async Task Pages_of_other_sites_change_nothing(string origin, int status)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("PauseAsync", Samples.ScheduleDetail);

        var reply = await api.SendAsync(
            HttpMethod.Post,
            "/api/v1/schedules/a/pause",
            null,
            ("Origin", origin == "SELF" ? api.Client.BaseAddress!.ToString().TrimEnd('/') : origin));

        Assert.Equal(status, (int)reply.Status);
        Assert.Equal(status == 200 ? 1 : 0, api.Actors.Calls.Count);
    }

    [Fact]
    public async Task An_operation_of_the_host_has_the_same_manners()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("RunAsync", null);

        var done = await api.SendAsync(HttpMethod.Post, "/api/v1/ops/test", null);
        api.Actors.Fail("RunAsync", new InvalidOperationException("secret"));
        var failed = await api.SendAsync(HttpMethod.Post, "/api/v1/ops/test", null);

        Assert.Equal("""{"done":true}""", done.Text);
        failed.AssertProblem(500, "internal");
    }
}
