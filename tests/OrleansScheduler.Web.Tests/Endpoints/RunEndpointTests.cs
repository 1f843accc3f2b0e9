using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class RunEndpointTests
{
    [Theory]
    [InlineData("/api/v1/schedules/nightly/runs?limit=200", 200)]
    [InlineData("/api/v1/runs?schedule=nightly", 100)]
    public async Task Lists_the_runs_of_a_schedule(string path, int limit)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListRunsAsync", ImmutableArray.Create(Samples.ScheduleRun));

        var reply = await api.GetAsync(path);

        Assert.Equal("default/nightly", api.Actors.Call.Key);
        Assert.Equal([limit], api.Actors.Call.Arguments);
        Assert.Equal("completed", reply.Json.GetProperty("runs")[0].GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/v1/runs", "schedule")]
    [InlineData("/api/v1/schedules/nightly/runs?limit=201", "limit")]
    public async Task Refuses_what_nobody_could_list(string path, string field)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync(path);

        reply.AssertField(400, "request_invalid", field, field);
    }

    [Fact]
    public async Task Shows_a_run_by_its_id_without_owner()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetRunAsync", Samples.ScheduleRun);

        var reply = await api.GetAsync("/api/v1/runs/nightly.0a1b2c3d.7");

        Assert.Equal("default/nightly", api.Actors.Call.Key);
        Assert.Equal([Samples.Run], api.Actors.Call.Arguments);
        Assert.Equal(42, reply.Json.GetProperty("commit").GetInt64());
    }

    [Fact]
    public async Task Refuses_what_is_no_run()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync("/api/v1/runs/nightly.7");

        reply.AssertProblem(400, "id_invalid");
    }

    [Fact]
    public async Task Explains_a_run_with_its_commit()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetRunAsync", Samples.ScheduleRun);
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Answer("ListCommitsAsync", new CommitPage(50, 3, [Samples.Commit]));

        var reply = await api.GetAsync("/api/v1/runs/nightly.0a1b2c3d.7/explain");

        Assert.Equal([41L, 1, TimeSpan.Zero], api.Actors.Calls.Last().Arguments);
        Assert.Equal(42, reply.Json.GetProperty("commit").GetProperty("sequence").GetInt64());
        Assert.Equal(
            [
                "The trigger of default/nightly made this run due at 2026-03-01T12:00:00.000Z.",
                "It started 120ms later and completed after 35ms.",
                "It made commit 42 of default/quakes, which changed 'ranking', 'count[0]/n' and 3 more.",
            ],
            reply.Json.GetProperty("sentences").EnumerateArray().Select(sentence => sentence.GetString()));
    }

    [Fact]
    public async Task Says_when_the_commit_is_forgotten()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetRunAsync", Samples.ScheduleRun with
        {
            Origin = OccurrenceOrigin.Manual, RequestedBy = "alice", Status = RunStatus.Failed, Error = new RunError("handler_error", "No."),
        });
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Answer("ListCommitsAsync", new CommitPage(5000, 43, [Samples.Commit with { Sequence = 43 }]));

        var reply = await api.GetAsync("/api/v1/runs/nightly.0a1b2c3d.7/explain");

        Assert.False(reply.Json.TryGetProperty("commit", out _));
        Assert.Equal(
            [
                "alice asked for this run at 2026-03-01T12:00:00.000Z.",
                "It started 120ms later and failed after 35ms.",
                "It reported handler_error: No.",
                "It made commit 42 of default/quakes, which the space no longer describes.",
            ],
            reply.Json.GetProperty("sentences").EnumerateArray().Select(sentence => sentence.GetString()));
    }
}
