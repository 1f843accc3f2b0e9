using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.History;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Web.OpenApi;

/// <summary>Real answers against the schemas of the document.</summary>
public sealed class SchemaAgreementTests
{
    private static readonly ScheduleDetail Full = Samples.ScheduleDetail with
    {
        Definition = new ScheduleDefinition(
            new CronTrigger("0 6 * * *", "Europe/Berlin", DayMatch.Either),
            new HandlerTarget("feed", Samples.ScheduleDetail.Definition.Target.Space, JsonValue.Parse("""{"a":[1,null]}""")),
            TimeSpan.FromMinutes(90), TimeSpan.FromSeconds(1), OverlapPolicy.Allow, MissedPolicy.RunLatest, TimeSpan.FromMilliseconds(1500),
            Samples.Noon, Samples.Noon.AddDays(1), 7, [new DateOnly(2026, 12, 24)], "reports",
            ImmutableSortedDictionary<string, string>.Empty.Add("team", "data"), "Every morning.", "new"),
        State = ScheduleState.Paused,
        ChangedBy = "alice",
        Reason = "new",
        OpenRuns = [Samples.OpenRun],
        LastRun = Samples.ScheduleRun with { Error = new RunError("handler_error", "No."), Log = "12 rows", NotBefore = Samples.Noon },
    };

    [Theory]
    [InlineData("/api/v1/schedules", "/api/v1/schedules?limit=2")]
    [InlineData("/api/v1/schedules", "/api/v1/schedules?details=true")]
    [InlineData("/api/v1/schedules/{schedule}", "/api/v1/schedules/nightly")]
    [InlineData("/api/v1/schedules/{schedule}/runs", "/api/v1/schedules/nightly/runs?limit=1")]
    [InlineData("/api/v1/runs/{run}", "/api/v1/runs/nightly.0a1b2c3d.7")]
    [InlineData("/api/v1/runs/{run}/explain", "/api/v1/runs/nightly.0a1b2c3d.7/explain")]
    [InlineData("/api/v1/spaces", "/api/v1/spaces")]
    [InlineData("/api/v1/spaces/{space}", "/api/v1/spaces/quakes")]
    [InlineData("/api/v1/spaces/{space}/commits", "/api/v1/spaces/quakes/commits")]
    [InlineData("/api/v1/spaces/{space}/documents/{document}", "/api/v1/spaces/quakes/documents/ranking")]
    [InlineData("/health/ready", "/health/ready")]
    [InlineData("/health/live", "/health/live")]
    [InlineData("/api/v1/definitions/schema", "/api/v1/definitions/schema")]
    public async Task Answers_are_as_described(string path, string address)
    {
        await using var api = await StartAsync();

        var reply = await api.GetAsync(address);

        await AssertDescribedAsync(api, reply, path, "get");
    }

    [Fact]
    public async Task The_governor_is_as_described()
    {
        await using var api = await TestApi.StartAsync();
        var lease = new Lease(Samples.Run, null, "host-1", 17, Samples.Noon, Samples.Noon.AddMinutes(20));
        api.Actors.Answer("GetAsync", new GovernorSnapshot(new GovernorSettings(8, ImmutableSortedDictionary<string, int>.Empty.Add("a", 2)), [lease], 3, 17, 1));

        var reply = await api.GetAsync("/api/v1/governor");

        await AssertDescribedAsync(api, reply, "/api/v1/governor", "get");
    }

    [Fact]
    public async Task Permissions_are_as_described()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListAsync", ImmutableArray.Create(new Permission(PermissionKind.Program, "/bin/ls", "", "alice", Samples.Noon)));

        var reply = await api.GetAsync("/api/v1/permissions");

        await AssertDescribedAsync(api, reply, "/api/v1/permissions", "get");
    }

    [Fact]
    public async Task What_is_sent_and_shown_for_a_preview_is_as_described()
    {
        await using var api = await TestApi.StartAsync();
        const string body = """{"when":"every weekday at 09:30","target":{"handler":"h"},"jitter":"1m","labels":{"a":"b"},"excluded_dates":["2026-12-24"]}""";

        var reply = await api.PostAsync("/api/v1/schedules/preview", body);

        await AssertDescribedAsync(api, reply, "/api/v1/schedules/preview", "post");
        var document = (await api.GetAsync(OpenApiEndpoints.Address)).Json;
        var schema = document.GetProperty("paths").GetProperty("/api/v1/schedules/preview").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Empty(SchemaCheck.Faults(document, schema, JsonDocument.Parse(body).RootElement));
        Assert.NotEmpty(SchemaCheck.Faults(document, schema, JsonDocument.Parse("""{"whenn":"hourly"}""").RootElement));
    }

    [Theory]
    [InlineData("/api/v1/schedules/{schedule}", "get", "/api/v1/schedules/a%20b")]
    [InlineData("/api/v1/runs", "get", "/api/v1/runs?limit=0")]
    [InlineData("/api/v1/definitions", "post", "/api/v1/definitions")]
    [InlineData("/api/v1/permissions", "post", "/api/v1/permissions")]
    public async Task Problems_are_as_described(string path, string method, string address)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method.ToUpperInvariant()), address, method == "get" ? null : TestApi.Json("[1"));

        Assert.Equal("application/problem+json", reply.ContentHeaders.ContentType?.MediaType);
        await AssertDescribedAsync(api, reply, path, method);
    }

    private static async Task<TestApi> StartAsync()
    {
        var api = await TestApi.StartAsync();
        api.Health.Next = new HealthReport([new HealthComponent("storage", HealthStatus.Degraded, "Slow.", ImmutableSortedDictionary<string, string>.Empty.Add("a", "b"))]);
        api.Actors.On("ListAsync", call => Task.FromResult<object?>(call.Actor == "IHistory"
            ? new HistoryPage([Samples.ScheduleRun], true)
            : new CatalogPage(["nightly"], "nightly")));
        api.Actors.Answer("GetAsync", Full);
        api.Actors.Answer("GetRunAsync", Full.LastRun);
        api.Actors.Answer("ListRunsAsync", ImmutableArray.Create(Samples.OpenRun, Samples.ScheduleRun));
        api.Actors.Answer("ListCommitsAsync", new CommitPage(50, 3, [Samples.Commit]));
        api.Actors.Answer("SummarizeAsync", Samples.Summary);
        api.Actors.Answer("ReadAsync", Samples.Read(OrleansScheduler.Documents.Address.Parse("ranking"), JsonValue.Parse("[1]")));
        return api;
    }

    private static async Task AssertDescribedAsync(TestApi api, Reply reply, string path, string method)
    {
        var document = (await api.GetAsync(OpenApiEndpoints.Address)).Json;
        var status = ((int)reply.Status).ToString(CultureInfo.InvariantCulture);
        var answers = document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses");
        Assert.True(answers.TryGetProperty(status, out var answer), $"{status} of {method} {path} is not described: {reply.Text}");

        var schema = answer.GetProperty("content").GetProperty(reply.ContentHeaders.ContentType!.MediaType!).GetProperty("schema");

        Assert.Empty(SchemaCheck.Faults(document, schema, reply.Json));
        Assert.Equal(reply.Headers.ETag is not null, answer.TryGetProperty("headers", out _));
    }
}
