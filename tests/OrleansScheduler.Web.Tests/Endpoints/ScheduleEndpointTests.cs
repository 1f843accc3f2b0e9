using System.Net;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class ScheduleEndpointTests
{
    private const string Nightly = "/api/v1/schedules/nightly";

    [Fact]
    public async Task Lists_the_schedules_of_the_owner()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListAsync", new CatalogPage(["nightly"], null));

        var reply = await api.GetAsync("/api/v1/schedules");

        Assert.Equal("""{"names":["nightly"]}""", reply.Text);
        Assert.Equal([MemberKind.Schedule, null, 100], api.Actors.Call.Arguments);
    }

    [Fact]
    public async Task Shows_schedules_whole_without_those_that_went_meanwhile()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListAsync", new CatalogPage(["gone", "nightly"], "nightly"));
        api.Actors.On("GetAsync", call => call.Key == "default/gone"
            ? Task.FromException<object?>(new SchedulerException(ErrorCodes.NotFound, "Gone."))
            : Task.FromResult<object?>(Samples.ScheduleDetail));

        var reply = await api.GetAsync("/api/v1/schedules?details=true&limit=2");

        var schedule = Assert.Single(reply.Json.GetProperty("schedules").EnumerateArray());
        Assert.Equal("default/nightly", schedule.GetProperty("schedule").GetString());
        Assert.Equal("nightly", reply.Json.GetProperty("next").GetString());
        Assert.False(reply.Json.TryGetProperty("names", out _));
    }

    [Theory]
    [InlineData("details=yes", "details", "true or false")]
    [InlineData("details=true&limit=101", "limit", "1 to 100")]
    public async Task Refuses_pages_that_nobody_could_show(string query, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync($"/api/v1/schedules?{query}");

        reply.AssertField(400, "request_invalid", field, says);
    }

    [Theory]
    [InlineData("quakes")]
    [InlineData("default/quakes")]
    public async Task Creates_a_schedule(string space)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CreateAsync", Samples.ScheduleDetail);
        var body = $$"""
            {"name":"nightly","trigger":{"period":"1h30m","kind":"interval","anchor":"2026-03-01T12:00:00Z"},
             "target":{"handler":"feed","space":"{{space}}","payload":[1]},"max_run_duration":"5s","tolerance":"1m"}
            """;

        var reply = await api.PostAsync("/api/v1/schedules", body);

        Assert.Equal(("ISchedule", "default/nightly"), (api.Actors.Call.Actor, api.Actors.Call.Key));
        var expected = new ScheduleDefinition(
            new IntervalTrigger(TimeSpan.FromMinutes(90), Samples.Noon),
            new HandlerTarget("feed", SpaceId.Of("default", "quakes"), JsonValue.Parse("[1]")),
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMinutes(1));
        Assert.Equal(expected, api.Actors.Call.Arguments[0]);
        Assert.Equal("active", reply.Json.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("a b", null, "id_invalid", "name")]
    [InlineData("nightly", "other/quakes", "request_invalid", "target.space")]
    [InlineData("nightly", "a b", "id_invalid", "target.space")]
    public async Task Refuses_names_and_spaces_that_it_cannot_have(string name, string? space, string code, string field)
    {
        await using var api = await TestApi.StartAsync();
        var target = space is null ? "" : $",\"space\":\"{space}\"";

        var reply = await api.PostAsync(
            "/api/v1/schedules",
            $$$"""{"name":"{{{name}}}","trigger":{"kind":"interval","period":"1s"},"target":{"handler":"h"{{{target}}}}}""");

        reply.AssertField(400, code, field, "");
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Shows_and_deletes_a_schedule()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Answer("DeleteAsync", null);

        var shown = await api.GetAsync(Nightly);
        var deleted = await api.SendAsync(HttpMethod.Delete, $"{Nightly}?who=alice", null);

        Assert.Equal("\"0a1b2c3d-3\"", shown.Headers.ETag?.ToString());
        Assert.Equal("default/nightly", shown.Json.GetProperty("schedule").GetString());
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(["alice"], api.Actors.Calls.Last().Arguments);
    }

    [Fact]
    public async Task Runs_it_now_under_the_name_of_the_request()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ExecuteAsync", Samples.ScheduleRun);

        var reply = await api.PostAsync($"{Nightly}/execute", """{"request":"r1","who":"alice"}""");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("default/nightly.0a1b2c3d.7", reply.Json.GetProperty("run").GetString());
        Assert.Equal(["r1", "alice"], api.Actors.Call.Arguments);
    }

    [Fact]
    public async Task Requests_without_a_name_get_different_ones()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ExecuteAsync", Samples.ScheduleRun);

        await api.SendAsync(HttpMethod.Post, $"{Nightly}/execute", null);
        await api.SendAsync(HttpMethod.Post, $"{Nightly}/execute", null);

        Assert.Equal(2, api.Actors.Calls.Select(call => call.Arguments[0]).Distinct().Count());
    }

    [Fact]
    public async Task Says_that_a_run_is_under_way()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("ExecuteAsync", new SchedulerException(ErrorCodes.RunOpen, "One is."));

        var reply = await api.SendAsync(HttpMethod.Post, $"{Nightly}/execute", null);

        reply.AssertProblem(409, "run_open");
    }

    [Fact]
    public async Task Pauses_and_resumes()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("PauseAsync", Samples.ScheduleDetail);
        api.Actors.Answer("ResumeAsync", Samples.ScheduleDetail);

        await api.PostAsync($"{Nightly}/pause", """{"who":"alice","reason":"broken"}""");
        await api.SendAsync(HttpMethod.Post, $"{Nightly}/pause", null);
        await api.SendAsync(HttpMethod.Post, $"{Nightly}/resume", null);

        Assert.Collection(
            api.Actors.Calls.Select(call => call.Arguments),
            pause => Assert.Equal(["alice", "broken"], pause),
            pause => Assert.Equal(["api", "paused by request"], pause),
            resume => Assert.Equal(["api"], resume));
    }
}
