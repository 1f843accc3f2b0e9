using System.Collections.Immutable;
using System.Net;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class DocumentEndpointTests
{
    private const string Ranking = "/api/v1/spaces/quakes/documents/ranking";

    private static readonly JsonValue Value = JsonValue.Parse("""{"mag":7.50,"n":null}""");

    [Fact]
    public async Task Lists_documents_with_the_default_page()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { PageItemsDefault = 7 });
        api.Actors.Answer("ListDocumentsAsync", new DocumentPage(42, ["a"], null));

        var reply = await api.GetAsync("/api/v1/spaces/quakes/documents");

        Assert.Equal([null, 7], api.Actors.Call.Arguments);
        Assert.Equal("""{"sequence":42,"documents":["a"]}""", reply.Text);
    }

    [Fact]
    public async Task Reads_a_value_with_its_tag()
    {
        await using var api = await TestApi.StartAsync();
        var address = Address.Parse("ranking/top");
        api.Actors.Answer("ReadAsync", Samples.Read(address, Value));

        var reply = await api.GetAsync($"{Ranking}?path=/top");

        Assert.Equal(
            $$$"""{"address":"ranking/top","depth":"deep","sequence":50,"last_changed":42,"hash":"{{{Value.Hash}}}","value":{"mag":7.50,"n":null}}""",
            reply.Text);
        Assert.Equal($"\"{Value.Hash}\"", reply.Headers.ETag?.ToString());
        Assert.Equal(new ReadTarget(address, ReadDepth.Deep), Assert.Single((ImmutableArray<ReadTarget>)api.Actors.Call.Arguments[0]!));
        Assert.Null(api.Actors.Call.Arguments[1]);
    }

    [Fact]
    public async Task A_value_of_null_is_not_an_absent_one()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ReadAsync", Samples.Read(Address.Parse("ranking"), JsonNull.Instance));

        var reply = await api.GetAsync(Ranking);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, reply.Json.GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Reads_a_shape_at_an_earlier_sequence()
    {
        await using var api = await TestApi.StartAsync();
        var address = Address.Parse("ranking");
        var read = new DocumentRead(address, ReadDepth.Shallow, 42, Value.ShapeHash, null, JsonShape.Of(Value));
        api.Actors.Answer("ReadAsync", new SpaceRead(44, [read]));

        var reply = await api.GetAsync($"{Ranking}?depth=shallow&at=44");

        Assert.Equal("""{"kind":"object","keys":["mag","n"],"length":2}""", reply.Json.GetProperty("shape").GetRawText());
        Assert.Equal(44L, api.Actors.Call.Arguments[1]);
    }

    [Fact]
    public async Task Says_what_is_absent()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ReadAsync", Samples.Read(Address.Parse("ranking"), null));

        var reply = await api.GetAsync(Ranking);

        reply.AssertProblem(404, "not_found");
        Assert.Equal("ranking", reply.Detail("address"));
        Assert.Equal("50", reply.Detail("sequence"));
    }

    [Fact]
    public async Task Sends_nothing_that_the_client_has_already()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ReadAsync", Samples.Read(Address.Parse("ranking"), Value));

        var reply = await api.GetAsync(Ranking, ("If-None-Match", $"\"{Value.Hash}\""));

        Assert.Equal((HttpStatusCode.NotModified, ""), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task Puts_a_value_under_the_number_of_the_client()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        var reply = await api.PutAsync($"{Ranking}?path=/top[2]", """{"mag":7.50}""", ("Idempotency-Key", "import:9:17"));

        Assert.Equal("""{"sequence":42,"changed":true,"marked":3}""", reply.Text);
        var commit = Assert.IsType<CommitRequest>(api.Actors.Call.Arguments[0]);
        Assert.Equal(("import:9", 17L), (commit.Session, commit.LocalSequence));
        Assert.Empty(commit.Reads);
        Assert.Equal(new SetOperation(Address.Parse("ranking/top[2]"), JsonValue.Parse("""{"mag":7.5}""")), Assert.Single(commit.Operations));
    }

    [Fact]
    public async Task Numbers_the_changes_of_clients_that_do_not()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        await api.PutAsync(Ranking, "1");
        await api.SendAsync(HttpMethod.Delete, Ranking, null);

        var commits = api.Actors.Calls.Select(call => (CommitRequest)call.Arguments[0]!).ToArray();
        Assert.Equal([1L, 2L], commits.Select(commit => commit.LocalSequence));
        Assert.Matches("^api-[0-9a-f]{8}$", Assert.Single(commits.Select(commit => commit.Session).Distinct()));
        Assert.Equal(new RemoveOperation(Address.Parse("ranking")), Assert.Single(commits[1].Operations));
    }

    [Theory]
    [InlineData("application/json-patch+json")]
    [InlineData("application/json")]
    public async Task Patches_below_a_path(string type)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);
        const string patch = """[{"op":"move","from":"/a","path":"/b"},{"op":"test","path":"","value":1},{"op":"remove","path":"x"}]""";

        await api.SendAsync(HttpMethod.Patch, $"{Ranking}?path=/t~1o[2]", TestApi.Json(patch, type));

        var operation = Assert.IsType<PatchOperation>(Assert.Single(((CommitRequest)api.Actors.Call.Arguments[0]!).Operations));
        Assert.Equal(DocumentId.Parse("ranking"), operation.Document);
        Assert.Equal(
            JsonValue.Parse("""
                [{"op":"move","from":"/t~1o/2/a","path":"/t~1o/2/b"},{"op":"test","path":"/t~1o/2","value":1},{"op":"remove","path":"x"}]
                """),
            operation.Patch);
    }

    [Fact]
    public async Task Names_of_documents_are_unescaped()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        await api.PutAsync("/api/v1/spaces/quakes/documents/a%20b%25%7E%5B%C3%BC", "1");

        var operation = Assert.IsType<SetOperation>(Assert.Single(((CommitRequest)api.Actors.Call.Arguments[0]!).Operations));
        Assert.Equal("a b%~[ü", operation.Address.Document.ToString());
    }

    [Fact]
    public async Task A_tag_becomes_a_confirmed_read_and_a_failed_one_a_failed_precondition()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("CommitAsync", new SchedulerException(ErrorCodes.ReadConflict, "No longer."));

        var reply = await api.PutAsync($"{Ranking}?path=/a", "1", ("If-Match", $"\"{Value.Hash}\""));

        reply.AssertProblem(412, "precondition_failed");
        Assert.Equal("ranking/a", reply.Detail("address"));
        var read = Assert.Single(((CommitRequest)api.Actors.Call.Arguments[0]!).Reads);
        Assert.Equal((Address.Parse("ranking/a"), ReadDepth.Deep, Value.Hash), (read.Address, read.Depth, read.Hash));
    }

    [Fact]
    public async Task Creates_only_what_is_absent_when_told_so()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        await api.PutAsync(Ranking, "1", ("If-None-Match", "*"));

        var read = Assert.Single(((CommitRequest)api.Actors.Call.Arguments[0]!).Reads);
        Assert.Equal(JsonValue.HashOf(null), read.Hash);
    }

    [Theory]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "W/\"00000000000000000000000000000000\"")]
    [InlineData("If-Match", "\"abc\"")]
    [InlineData("If-None-Match", "\"00000000000000000000000000000000\"")]
    [InlineData("Idempotency-Key", "session")]
    [InlineData("Idempotency-Key", ":1")]
    [InlineData("Idempotency-Key", "a:0")]
    [InlineData("Idempotency-Key", "a:-1")]
    public async Task Refuses_headers_that_it_does_not_understand(string name, string value)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(Ranking, "1", (name, value));

        reply.AssertField(400, "request_invalid", name, name);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Commits_at_once_have_sessions_of_their_own()
    {
        await using var api = await TestApi.StartAsync();
        var (first, second) = (new TaskCompletionSource<object?>(), new TaskCompletionSource());
        api.Actors.On("CommitAsync", call =>
        {
            if (api.Actors.Calls.Count == 1)
            {
                second.SetResult();
                return first.Task;
            }

            return Task.FromResult<object?>(Samples.Receipt);
        });

        var slow = api.PutAsync(Ranking, "1");
        await second.Task;
        await api.PutAsync(Ranking, "2");
        first.SetResult(Samples.Receipt);
        await slow;

        var sessions = api.Actors.Calls.Select(call => ((CommitRequest)call.Arguments[0]!).Session).ToArray();
        Assert.Equal(2, sessions.Distinct().Count());
    }
}
