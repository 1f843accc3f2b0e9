using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class CommitEndpointTests
{
    private const string Commits = "/api/v1/spaces/quakes/commits";
    private const string Remove = """[{"op":"remove","address":"a"}]""";

    [Fact]
    public async Task Commits_several_changes_with_reads()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);
        var body = $$"""
            {"session":"s","local_sequence":3,
             "reads":[{"address":"a/b","depth":"shallow","sequence":4,"hash":"{{ContentHash.Parse(new string('a', 32))}}"}],
             "operations":[{"address":"a/b","value":{"x":1},"op":"set"},{"op":"remove","address":"c"},
                           {"op":"patch","document":"d","patch":[{"op":"remove","path":"/x"}]}]}
            """;

        var reply = await api.PostAsync(Commits, body);

        Assert.Equal("""{"sequence":42,"changed":true,"marked":3}""", reply.Text);
        var commit = (CommitRequest)api.Actors.Call.Arguments[0]!;
        Assert.Equal(("s", 3L), (commit.Session, commit.LocalSequence));
        Assert.Equal(
            new ConfirmedRead(Address.Parse("a/b"), ReadDepth.Shallow, 4, ContentHash.Parse(new string('a', 32))), Assert.Single(commit.Reads));
        Assert.Collection(
            commit.Operations,
            set => Assert.Equal(new SetOperation(Address.Parse("a/b"), JsonValue.Parse("""{"x":1}""")), set),
            remove => Assert.Equal(new RemoveOperation(Address.Parse("c")), remove),
            patch => Assert.IsType<PatchOperation>(patch));
    }

    [Fact]
    public async Task The_number_may_come_from_the_header_or_from_nowhere()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        await api.PostAsync(Commits, $$"""{"operations":{{Remove}}}""", ("Idempotency-Key", "s:5"));
        await api.PostAsync(Commits, $$"""{"operations":{{Remove}}}""");

        var commits = api.Actors.Calls.Select(call => (CommitRequest)call.Arguments[0]!).ToArray();
        Assert.Equal(("s", 5L), (commits[0].Session, commits[0].LocalSequence));
        Assert.StartsWith("api-", commits[1].Session, StringComparison.Ordinal);
        Assert.Empty(commits[1].Reads);
    }

    [Theory]
    [InlineData("\"session\":\"s\",", "local_sequence")]
    [InlineData("\"local_sequence\":1,", "session")]
    public async Task Half_a_number_is_refused(string half, string field)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(Commits, $"{{{half}\"operations\":{Remove}}}");

        reply.AssertField(400, "request_invalid", field, "needs");
    }

    [Fact]
    public async Task Two_numbers_are_refused()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(
            Commits, $$"""{"session":"s","local_sequence":1,"operations":{{Remove}}}""", ("Idempotency-Key", "s:5"));

        reply.AssertField(400, "request_invalid", "Idempotency-Key", "not both");
    }

    [Fact]
    public async Task Lists_commits_and_waits_for_them()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListCommitsAsync", new CommitPage(50, 3, [Samples.Commit]));

        var reply = await api.GetAsync($"{Commits}?after=41&limit=5&wait=20s");

        Assert.Equal([41L, 5, TimeSpan.FromSeconds(20)], api.Actors.Call.Arguments);
        Assert.Equal("ranking", reply.Json.GetProperty("commits")[0].GetProperty("addresses")[0].GetString());
    }

    [Fact]
    public async Task A_conflict_keeps_its_details()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("CommitAsync", new SchedulerException(ErrorCodes.ReadConflict, "No longer.").With("address", "a").With("sequence", "9"));

        var reply = await api.PostAsync(Commits, $$"""{"operations":{{Remove}}}""");

        reply.AssertProblem(409, "read_conflict");
        Assert.Equal(("a", "9"), (reply.Detail("address"), reply.Detail("sequence")));
    }
}
