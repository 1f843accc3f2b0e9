using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class RunEndpointTests
{
    private const string One = "/api/v1/runs/nightly.0a1b2c3d.7";

    private static readonly SchedulerException NotFound = new(ErrorCodes.NotFound, "No such run.");

    [Fact]
    public async Task Shows_a_run_by_its_id_without_owner()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetRunAsync", Samples.ScheduleRun);

        var reply = await api.GetAsync(One);

        Assert.Equal("default/nightly", api.Actors.Call.Key);
        Assert.Equal([Samples.Run], api.Actors.Call.Arguments);
        Assert.Equal(42, reply.Json.GetProperty("commit").GetInt64());
    }

    [Fact]
    public async Task Finds_a_run_that_only_the_history_has()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("GetRunAsync", NotFound);
        api.Actors.On("FindAsync", call => Task.FromResult<object?>(
            call.Key.StartsWith("default/2025-12-06/", StringComparison.Ordinal) ? Samples.ScheduleRun : null));

        var reply = await api.GetAsync(One);

        Assert.Equal("completed", reply.Json.GetProperty("status").GetString());
        var asked = api.Actors.Calls.Where(call => call.Method == "FindAsync").ToArray();
        Assert.Equal(31, asked.Length);
        Assert.Single(asked.Select(call => call.Key.Split('/')[2]).Distinct());
        Assert.Equal(("default/2026-01-05", "default/2025-12-06"), (asked.Max(Day), asked.Min(Day)));

        static string Day(OrleansScheduler.Web.Fakes.ActorCall call) => call.Key[..call.Key.LastIndexOf('/')];
    }

    [Fact]
    public async Task Says_that_nobody_has_the_run()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("GetRunAsync", NotFound);
        api.Actors.Answer("FindAsync", null);

        var reply = await api.GetAsync(One);

        reply.AssertProblem(404, "not_found");
        Assert.Contains("kept for 30 days", reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
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

        var reply = await api.GetAsync($"{One}/explain");

        Assert.Equal([41L, 1, TimeSpan.Zero], api.Actors.Calls.Last().Arguments);
        Assert.Equal(42, reply.Json.GetProperty("commit").GetProperty("sequence").GetInt64());
        AssertSentences(
            reply,
            "The trigger of default/nightly made this run due at 2026-03-01T12:00:00.000Z.",
            "It started 120ms later and completed after 35ms.",
            "It made commit 42 of default/quakes, which changed 'ranking', 'count[0]/n' and 3 more.");
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

        var reply = await api.GetAsync($"{One}/explain");

        Assert.False(reply.Json.TryGetProperty("commit", out _));
        AssertSentences(
            reply,
            "alice asked for this run at 2026-03-01T12:00:00.000Z.",
            "It started 120ms later and failed after 35ms.",
            "It reported handler_error: No.",
            "It made commit 42 of default/quakes, which the space no longer describes.");
    }

    [Theory]
    [InlineData(RunStatus.Queued, false, "It waits for a slot since 2026-03-01T12:00:00.020Z, to start at 2026-03-01T12:00:05.000Z at the earliest.", "No commit of it to default/quakes is known.")]
    [InlineData(RunStatus.Aborted, true, "It never started, and was ended by a person or by the stopping host 135ms later.", "It changed nothing in default/quakes.")]
    [InlineData(RunStatus.LeaseExpired, true, "It never started, and held its slot longer than it may 135ms later.", "No commit of it to default/quakes is known.")]
    public async Task Explains_a_run_that_has_not_started(RunStatus status, bool ended, string course, string change)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetRunAsync", Samples.ScheduleRun with
        {
            Status = status, StartedAt = null, EndedAt = ended ? Samples.Noon.AddMilliseconds(155) : null, NotBefore = Samples.Noon.AddSeconds(5), Commit = null,
        });
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);

        var reply = await api.GetAsync($"{One}/explain");

        AssertSentences(reply, "The trigger of default/nightly made this run due at 2026-03-01T12:00:00.000Z.", course, change);
    }

    [Theory]
    [InlineData(true, "It made commit 42 of a space that went out of sight with its schedule.")]
    [InlineData(false, "Its schedule is deleted, so nobody knows which space it could have changed.")]
    public async Task Explains_a_run_whose_schedule_is_gone(bool committed, string change)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("GetRunAsync", NotFound);
        api.Actors.Fail("GetAsync", NotFound);
        api.Actors.Answer("FindAsync", Samples.ScheduleRun with { Commit = committed ? 42 : null });

        var reply = await api.GetAsync($"{One}/explain");

        Assert.Equal(change, reply.Json.GetProperty("sentences").EnumerateArray().Last().GetString());
    }

    private static void AssertSentences(Reply reply, params string[] sentences) =>
        Assert.Equal(sentences, reply.Json.GetProperty("sentences").EnumerateArray().Select(sentence => sentence.GetString()));
}
