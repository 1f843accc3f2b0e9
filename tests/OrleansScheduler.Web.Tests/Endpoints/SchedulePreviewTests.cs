using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class SchedulePreviewTests
{
    private const string Preview = "/api/v1/schedules/preview";

    [Fact]
    public async Task Shows_the_trigger_in_words_and_its_next_instants_and_asks_nobody()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(
            $"{Preview}?from=2026-03-28T00:00:00Z&count=3",
            """{"name":"nightly","when":"daily at 6","zone":"Europe/Berlin","target":{"handler":"feed"},"tolerance":"2m"}""");

        Assert.Equal(200, (int)reply.Status);
        Assert.Equal("cron", reply.Json.GetProperty("trigger").GetProperty("kind").GetString());
        Assert.NotEmpty(reply.Json.GetProperty("description").GetString()!);
        Assert.Equal(["2026-03-28T05:00:00+00:00", "2026-03-29T04:00:00+00:00", "2026-03-30T04:00:00+00:00"], Next(reply));
        Assert.Equal("2m", reply.Json.GetProperty("definition").GetProperty("tolerance").GetString());
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData("""{"when":"in 20 minutes","target":{"handler":"h"}}""", 1)]
    [InlineData("""{"when":"every 5m","target":{"handler":"h"}}""", 5)]
    [InlineData("""{"when":"every 5m","max_firings":2,"target":{"handler":"h"}}""", 2)]
    [InlineData("""{"when":"every 5m","end_at":"2026-01-05T00:16:00Z","target":{"handler":"h"}}""", 3)]
    [InlineData("""{"when":"@reboot","target":{"handler":"h"}}""", 0)]
    public async Task Counts_from_now_and_shows_five_or_what_there_is(string body, int count)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(Preview, body);

        Assert.Equal(count, Next(reply).Length);
        Assert.All(Next(reply), instant => Assert.StartsWith("2026-01-05T00:", instant, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("every 5m")]
    [InlineData("daily at 6")]
    [InlineData("0 0 29 2 *")]
    public async Task At_the_end_of_time_nothing_comes(string when)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(
            $"{Preview}?from=9999-12-31T23:59:59.9999999Z", $$$"""{"when":"{{{when}}}","zone":"Asia/Tokyo","target":{"handler":"h"}}""");

        Assert.Empty(Next(reply));
    }

    [Theory]
    [InlineData("""{"trigger":{"kind":"cron","expression":"0 0 32 * *"},"target":{"handler":"h"}}""", 400, "cron_invalid", "trigger.expression")]
    [InlineData("""{"trigger":{"kind":"cron","expression":"@daily","zone":"Nowhere"},"target":{"handler":"h"}}""", 400, "zone_unknown", "trigger.zone")]
    [InlineData("""{"when":"hourly","overlap":"queue_all","target":{"handler":"h"}}""", 422, "policy_unsupported", "overlap")]
    [InlineData("""{"when":"hourly","max_firings":0,"target":{"handler":"h"}}""", 400, "request_invalid", "max_firings")]
    [InlineData("""{"when":"hourly","name":"a b","target":{"handler":"h"}}""", 400, "id_invalid", "name")]
    public async Task Refuses_what_creating_it_would_refuse(string body, int status, string code, string field)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(Preview, body);

        reply.AssertField(status, code, field, "");
    }

    [Theory]
    [InlineData("count=0", "count", "1 to 100")]
    [InlineData("count=101", "count", "1 to 100")]
    [InlineData("from=now", "from", "instant")]
    public async Task Names_the_query_value_that_does_not_fit(string query, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync($"{Preview}?{query}", """{"when":"hourly","target":{"handler":"h"}}""");

        reply.AssertField(400, "request_invalid", field, says);
    }

    [Fact]
    public async Task A_schedule_may_have_the_same_name_as_the_address()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);

        var reply = await api.GetAsync(Preview);

        Assert.Equal((200, "default/preview"), ((int)reply.Status, api.Actors.Call.Key));
    }

    private static string[] Next(Reply reply) => [.. reply.Json.GetProperty("next").EnumerateArray().Select(instant => instant.GetString()!)];
}
