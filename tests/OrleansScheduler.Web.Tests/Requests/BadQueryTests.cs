using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Requests;

public sealed class BadQueryTests
{
    private const string Space = "/api/v1/spaces/quakes";

    [Theory]
    [InlineData($"{Space}/documents?limit=0", "limit", "1 to 1000")]
    [InlineData($"{Space}/documents?limit=1001", "limit", "1 to 1000")]
    [InlineData($"{Space}/documents?limit=-1", "limit", "1 to 1000")]
    [InlineData($"{Space}/documents?limit=ten", "limit", "1 to 1000")]
    [InlineData($"{Space}/documents?limit=99999999999999999999", "limit", "1 to 1000")]
    [InlineData($"{Space}/documents?limit=1&limit=2", "limit", "comes 2 times")]
    [InlineData($"{Space}/documents?first=1", "first", "after, limit")]
    [InlineData($"{Space}/documents/a?depth=deeper", "depth", "deep or shallow")]
    [InlineData($"{Space}/documents/a?at=-1", "at", "0 to")]
    [InlineData($"{Space}/commits?wait=21s", "wait", "0s to 20s")]
    [InlineData($"{Space}/commits?wait=10", "wait", "200ms")]
    [InlineData($"{Space}/commits?after=x", "after", "0 to")]
    [InlineData($"{Space}/idle?wait=1h", "wait", "0s to 20s")]
    [InlineData($"{Space}/pull", "document", "missing")]
    [InlineData($"{Space}/explain/a?run=0", "run", "1 to")]
    [InlineData($"{Space}?x=1", "x", "Known: none")]
    [InlineData($"{Space}/documents/a?path=/%ff", "query", "UTF-8")]
    public async Task Names_the_value_and_what_is_allowed(string path, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync(path);

        reply.AssertField(400, "request_invalid", field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData($"{Space}/documents/a?path=x", "path", "0")]
    [InlineData($"{Space}/documents/a?path=/a%5Bx%5D", "path", "3")]
    [InlineData($"{Space}/pull?document=a/b", "document", "1")]
    public async Task Names_the_place_at_which_a_path_stops_making_sense(string path, string field, string position)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync(path);

        reply.AssertField(400, "path_invalid", field, "");
        Assert.Equal(position, reply.Detail("position"));
    }

    [Fact]
    public async Task A_misspelt_path_deletes_nothing()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Delete, $"{Space}/documents/a?pth=/b", null);

        reply.AssertField(400, "request_invalid", "pth", "Known: path");
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task A_range_is_in_the_details()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { PageItemsMax = 50, PageItemsDefault = 5 });

        var reply = await api.GetAsync($"{Space}/documents?limit=51");

        Assert.Equal(("1", "50"), (reply.Detail("min"), reply.Detail("max")));
    }

    [Fact]
    public async Task A_text_has_a_length()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync($"{Space}/documents?after={new string('x', 1001)}");

        reply.AssertField(400, "request_invalid", "after", "1000 characters");
    }
}
