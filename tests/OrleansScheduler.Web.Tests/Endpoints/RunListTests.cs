using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.History;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class RunListTests
{
    // What the clock of the tests begins with.
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("/api/v1/schedules/nightly/runs?limit=5")]
    [InlineData("/api/v1/runs?schedule=nightly&limit=5")]
    public async Task Shows_open_runs_then_ended_ones_and_each_once(string path)
    {
        await using var api = await TestApi.StartAsync();
        var kept = Samples.Ended("nightly", 5, Now.AddHours(-1));
        Keep(api, Open(7), Open(6), kept);
        Remember(api, kept, Samples.Ended("nightly", 4, Now.AddHours(-2)), Samples.Ended("nightly", 3, Now.AddDays(-2)), Samples.Ended("weekly", 9, Now.AddMinutes(-1)));

        var reply = await api.GetAsync(path);

        Assert.Equal(["nightly.7", "nightly.6", "nightly.5", "nightly.4", "nightly.3"], Names(reply));
        Assert.False(reply.Json.TryGetProperty("next", out _));
        Assert.All(api.Actors.Calls, call => Assert.Equal(call.Method == "ListRunsAsync" ? "default/nightly" : Shard(call.Key), call.Key));
    }

    [Fact]
    public async Task Shows_what_a_schedule_has_just_ended_before_the_history_hears_of_it()
    {
        await using var api = await TestApi.StartAsync();
        Keep(api, Samples.Ended("nightly", 5, Now.AddSeconds(-1)));
        Remember(api, Samples.Ended("nightly", 4, Now.AddSeconds(-2)));

        var reply = await api.GetAsync("/api/v1/schedules/nightly/runs");

        Assert.Equal(["nightly.5", "nightly.4"], Names(reply));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Every_run_is_on_exactly_one_page(int limit)
    {
        await using var api = await TestApi.StartAsync();
        Keep(api, Open(9), Open(8), Open(7));
        Remember(api, [.. Enumerable.Range(1, 6).Select(number => Samples.Ended("nightly", number, Now.AddHours(-6 * (7 - number))))]);

        var pages = await PagesAsync(api, $"/api/v1/runs?schedule=nightly&limit={limit}");

        Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Length));
        Assert.Equal(
            ["nightly.9", "nightly.8", "nightly.7", "nightly.6", "nightly.5", "nightly.4", "nightly.3", "nightly.2", "nightly.1"],
            pages.SelectMany(page => page));
    }

    [Fact]
    public async Task Merges_the_shards_of_a_day_also_where_runs_ended_at_once()
    {
        await using var api = await TestApi.StartAsync();
        var runs = Enumerable.Range(0, 40).Select(i => Samples.Ended($"s{i:00}", 1, Now.AddHours(-1 - (i / 4 * 3)))).ToArray();
        Remember(api, runs);

        var pages = await PagesAsync(api, "/api/v1/runs?limit=7");

        var expected = runs.OrderByDescending(run => run.EndedAt).ThenByDescending(run => run.Run.ToString(), StringComparer.Ordinal);
        Assert.Equal(expected.Select(Name), pages.SelectMany(page => page));
        Assert.Equal(6, pages.Count);
    }

    [Fact]
    public async Task Looks_back_thirty_one_days_and_no_further()
    {
        await using var api = await TestApi.StartAsync();
        Remember(api);

        var reply = await api.GetAsync("/api/v1/runs");

        Assert.Equal("""{"runs":[]}""", reply.Text);
        var days = api.Actors.Calls.Select(call => call.Key.Split('/')[1]).ToArray();
        Assert.Equal(31 * 16, days.Length);
        Assert.Equal(("2026-01-05", "2025-12-06"), (days.Max(StringComparer.Ordinal), days.Min(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task From_and_to_bound_the_days_and_the_runs()
    {
        await using var api = await TestApi.StartAsync();
        var at = Now.AddDays(-2);
        Remember(
            api,
            Samples.Ended("a", 1, at), Samples.Ended("a", 2, at.AddTicks(-1)), Samples.Ended("b", 3, at.AddHours(-5)),
            Samples.Ended("b", 4, at.AddHours(-5).AddTicks(-1)), Samples.Ended("b", 5, at.AddHours(1)));

        var reply = await api.GetAsync("/api/v1/runs?from=2026-01-02T19:00:00Z&to=2026-01-03T01:00:00%2B01:00");

        Assert.Equal(["a.2", "b.3"], Names(reply));
        Assert.Equal(["2026-01-02", "2026-01-03"], api.Actors.Calls.Select(call => call.Key.Split('/')[1]).Distinct().Order());
    }

    [Theory]
    [InlineData("2026-01-04T23:00:00Z")]
    [InlineData("2026-01-04T23:00:00.0000000%2B00:00")]
    [InlineData("2026-01-05T00:00%2B01:00")]
    [InlineData("2026-01-04T18:00:00.000-05:00")]
    public async Task Instants_are_read_in_their_usual_forms(string from)
    {
        await using var api = await TestApi.StartAsync();
        Remember(api, Samples.Ended("a", 2, Now.AddHours(-1)), Samples.Ended("a", 1, Now.AddHours(-1).AddTicks(-1)));

        var reply = await api.GetAsync($"/api/v1/runs?from={from}");

        Assert.Equal(["a.2"], Names(reply));
    }

    [Theory]
    [InlineData("status=failed", "nightly.4")]
    [InlineData("status=queued", "nightly.7")]
    [InlineData("status=running", "nightly.6")]
    [InlineData("to=2026-01-04T22:30:00Z", "nightly.4")]
    public async Task Filters_open_and_ended_runs(string query, string name)
    {
        await using var api = await TestApi.StartAsync();
        Keep(api, Open(7) with { Status = RunStatus.Queued, StartedAt = null }, Open(6));
        Remember(api, Samples.Ended("nightly", 5, Now.AddHours(-1)), Samples.Ended("nightly", 4, Now.AddHours(-2), RunStatus.Failed));

        var reply = await api.GetAsync($"/api/v1/schedules/nightly/runs?{query}");

        Assert.Equal([name], Names(reply));
    }

    [Theory]
    [InlineData("limit=201", "limit", "1 to 200")]
    [InlineData("status=done", "status", "queued, running, completed, failed, timeout, aborted, host_lost, lease_expired")]
    [InlineData("status=running", "status", "a schedule is needed")]
    [InlineData("from=yesterday", "from", "2026-03-01T12:00:00Z")]
    [InlineData("from=T12:00Z", "from", "2026-03-01T12:00:00Z")]
    [InlineData("from=2026-01-03T01:00:00", "from", "2026-03-01T12:00:00Z")]
    [InlineData("from=2026-01-03T01:00:00+01:00", "from", "%2B")]
    [InlineData("from=2026-01-03T01:00:00Z&to=2026-01-03T01:00:00Z", "to", "after from")]
    [InlineData("cursor=x", "cursor", "next")]
    [InlineData("cursor=!", "cursor", "next")]
    [InlineData("cursor=MTIzIG5pZ2h0bHk", "cursor", "next")]
    [InlineData("cursor=LTE", "cursor", "next")]
    public async Task Names_the_value_that_does_not_fit(string query, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.GetAsync($"/api/v1/runs?{query}");

        reply.AssertField(400, "request_invalid", field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task A_schedule_that_nobody_knows_has_no_runs_to_list()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("ListRunsAsync", new SchedulerException(ErrorCodes.NotFound, "No such schedule."));

        var reply = await api.GetAsync("/api/v1/schedules/nightly/runs");

        reply.AssertProblem(404, "not_found");
    }

    private static ScheduleRun Open(long number) => Samples.Ended("nightly", number, Now) with { Status = RunStatus.Running, EndedAt = null };

    private static void Keep(TestApi api, params ScheduleRun[] runs) => api.Actors.Answer("ListRunsAsync", runs.ToImmutableArray());

    // Histories as the contract describes them: of one day and shard, newest first, after a place.
    private static void Remember(TestApi api, params ScheduleRun[] runs) => api.Actors.On("ListAsync", call =>
    {
        var query = (HistoryQuery)call.Arguments[0]!;
        var found = runs
            .Where(run => HistoryShard.KeyOf(run.Run.Schedule, DateOnly.FromDateTime(run.EndedAt!.Value.UtcDateTime)) == call.Key)
            .Where(run => query.Schedule is not { } schedule || run.Run.Schedule == schedule)
            .Where(run => query.Status is not { } status || run.Status == status)
            .Where(run => query.Before is not { } place || run.EndedAt < place.EndedAt
                || (run.EndedAt == place.EndedAt && string.CompareOrdinal(run.Run.ToString(), place.Run.ToString()) < 0))
            .OrderByDescending(run => run.EndedAt).ThenByDescending(run => run.Run.ToString(), StringComparer.Ordinal)
            .ToArray();
        return Task.FromResult<object?>(new HistoryPage([.. found.Take(query.Limit)], found.Length > query.Limit));
    });

    private static string Shard(string key) => string.Create(
        CultureInfo.InvariantCulture, $"{key[..key.LastIndexOf('/')]}/{HistoryShard.ShardOf(Samples.Nightly):00}");

    private static async Task<List<string[]>> PagesAsync(TestApi api, string path)
    {
        var pages = new List<string[]>();
        string? cursor = null;
        do
        {
            var reply = await api.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            pages.Add(Names(reply));
            cursor = reply.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && pages.Count < 100);
        return pages;
    }

    private static string[] Names(Reply reply) =>
        [.. reply.Json.GetProperty("runs").EnumerateArray().Select(run => Short(run.GetProperty("run").GetString()!))];

    private static string Name(ScheduleRun run) => Short(run.Run.ToString());

    private static string Short(string run) => run.Replace("default/", "", StringComparison.Ordinal).Replace(".0a1b2c3d", "", StringComparison.Ordinal);
}
