using System.Text;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Requests;

public sealed class BadBodyTests
{
    private const string Document = "/api/v1/spaces/quakes/documents/ranking";
    private const string Commits = "/api/v1/spaces/quakes/commits";
    private const string Actions = "/api/v1/spaces/quakes/actions";
    private const string Schedules = "/api/v1/schedules";

    [Theory]
    [InlineData("{\"a\":1,}", "7")]
    [InlineData("{\n \"a\": tru }", "11")]
    [InlineData("[1] 2", "4")]
    [InlineData("\"ü\" x", "5")]
    [InlineData("[1", "2")]
    [InlineData("// c\n1", "0")]
    [InlineData("01", "1")]
    [InlineData("\"\\ud800\"", "0")]
    public async Task Names_the_byte_at_which_a_text_is_no_json(string body, string position)
    {
        await using var api = await TestApi.StartAsync();

        var value = await api.PutAsync(Document, body);
        var contract = await api.PostAsync(Commits, body);

        value.AssertProblem(400, "json_malformed");
        contract.AssertProblem(400, "json_malformed");
        Assert.Equal((position, position), (value.Detail("position"), contract.Detail("position")));
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task A_text_in_another_encoding_is_no_json()
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(HttpMethod.Put, Document, TestApi.Bytes([(byte)'"', 0xff, (byte)'"'], "application/json"));

        reply.AssertProblem(400, "json_malformed");
    }

    [Theory]
    [InlineData(Document, 65)]
    [InlineData(Commits, 128)]
    public async Task Names_the_depth_that_is_too_deep(string path, int depth)
    {
        await using var api = await TestApi.StartAsync();
        var body = new string('[', depth) + new string(']', depth);

        var reply = await api.SendAsync(path == Document ? HttpMethod.Put : HttpMethod.Post, path, TestApi.Json(body));

        reply.AssertProblem(400, "json_too_deep");
        Assert.Equal($"{depth - 1}", reply.Detail("limit"));
    }

    [Fact]
    public async Task A_value_inside_a_contract_has_the_depth_of_a_document()
    {
        await using var api = await TestApi.StartAsync();
        var value = new string('[', 65) + new string(']', 65);

        var reply = await api.PostAsync(Commits, $$"""{"operations":[{"op":"set","address":"a","value":{{value}}}]}""");

        reply.AssertProblem(400, "json_too_deep");
    }

    [Theory]
    [InlineData("""{"a":{"b":1,"b":2}}""", "b")]
    [InlineData("""{"a":1,"\u0061":2}""", "a")]
    public async Task Names_the_key_that_comes_twice(string body, string key)
    {
        await using var api = await TestApi.StartAsync();

        var value = await api.PutAsync(Document, body);
        var contract = await api.PostAsync(Commits, body);

        value.AssertProblem(400, "json_duplicate_key");
        contract.AssertProblem(400, "json_duplicate_key");
        Assert.Equal((key, key), (value.Detail("key"), contract.Detail("key")));
    }

    [Theory]
    [InlineData("[1e2000000]")]
    [InlineData("DIGITS")]
    public async Task Numbers_have_limits(string body)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(Document, body == "DIGITS" ? new string('1', 401) : body);

        reply.AssertProblem(413, "json_too_large");
    }

    [Theory]
    [InlineData(Commits, """{"operations":[{"op":"set","address":"a","value":1,"extra":2}]}""", "operations[0].extra", "no known field")]
    [InlineData(Commits, """{"Operations":[]}""", "Operations", "no known field")]
    [InlineData(Commits, """{"operations":[],"sesion":"s"}""", "sesion", "no known field")]
    [InlineData(Commits, """{}""", "operations", "lacks the field operations")]
    [InlineData(Commits, """{"operations":[{"op":"set","value":1}]}""", "operations[0].address", "lacks the field address")]
    [InlineData(Commits, """{"operations":[{"value":1}]}""", "operations[0]", "op is set, remove or patch")]
    [InlineData(Commits, """{"operations":[{"op":"nope"}]}""", "operations[0]", "op is set, remove or patch")]
    [InlineData(Commits, """{"operations":{}}""", "operations", "an array")]
    [InlineData(Commits, """{"operations":null}""", "operations", "an array")]
    [InlineData(Commits, """{"operations":[]}""", "operations", "at least one")]
    [InlineData(Commits, """{"operations":[null]}""", "operations[0]", "is null")]
    [InlineData(Commits, """{"operations":[1]}""", "operations[0]", "an object")]
    [InlineData(Commits, """{"operations":[{"op":"set","address":null,"value":1}]}""", "operations[0].address", "must not be null")]
    [InlineData(Commits, """{"operations":[{"op":"set","address":5,"value":1}]}""", "operations[0].address", "text")]
    [InlineData(Commits, """{"operations":[],"local_sequence":"1"}""", "local_sequence", "a whole number")]
    [InlineData(Commits, """{"operations":[],"local_sequence":1.5}""", "local_sequence", "a whole number")]
    [InlineData(Commits, """{"operations":[],"session":5}""", "session", "a text")]
    [InlineData(Commits, """{"operations":[],"reads":[null]}""", "reads[0]", "is null")]
    [InlineData(Commits, """{"operations":[],"reads":[{"address":"a","depth":"deepest"}]}""", "reads[0].depth", "deep or shallow")]
    [InlineData(Commits, """[]""", "body", "an object")]
    [InlineData(Commits, """null""", "body", "null")]
    [InlineData(Actions, """{"name":"a"}""", "body", "an array")]
    [InlineData(Actions, """[]""", "body", "at least one")]
    [InlineData(Actions, """[null]""", "[0]", "is null")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"x"}]""", "[0].kind", "computation or effect")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":0}]""", "[0].kind", "computation or effect")]
    [InlineData(Actions, """[{"handler":"h","kind":"effect"}]""", "[0].name", "lacks the field name")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"effect","inputs":[null]}]""", "[0].inputs[0]", "is null")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"effect","inputs":"x"}]""", "[0].inputs", "an array")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"effect","effective_time_limit":"1s"}]""", "[0].effective_time_limit", "no known field")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"effect","time_limit":"1 s"}]""", "[0].time_limit", "200ms")]
    [InlineData(Actions, """[{"name":"a","handler":"h","kind":"effect","time_limit":1}]""", "[0].time_limit", "200ms")]
    [InlineData(Schedules, """{"name":"a","trigger":{"kind":"cron"},"target":{"handler":"h"}}""", "trigger.expression", "lacks the field expression")]
    [InlineData(Schedules, """{"name":"a","trigger":{"kind":"moon"},"target":{"handler":"h"}}""", "trigger", "kind is cron, interval, once or start")]
    [InlineData(Schedules, """{"name":"a","trigger":{"kind":"interval","period":"1s","anchor":"noon"},"target":{"handler":"h"}}""", "trigger.anchor", "an instant")]
    [InlineData(Schedules, """{"trigger":{"kind":"interval","period":"1s"}}""", "target", "lacks the field target")]
    [InlineData(Schedules, """{"trigger":{"kind":"interval","period":"1s"},"target":{"handler":"h"}}""", "name", "lacks the field name")]
    [InlineData(Schedules, """{"name":"a","trigger":{"kind":"start"},"target":{"handler":"h"},"labels":{"team":7}}""", "labels.team", "a text")]
    [InlineData(Actions, """[{"kind":"effect"}]""", "[0].name", "name, handler")]
    [InlineData("/api/v1/schedules/a/pause", """{"who":[]}""", "who", "a text")]
    [InlineData("/api/v1/schedules/a/pause", """{"reason":""}""", "reason", "1000 characters")]
    [InlineData("/api/v1/schedules/a/resume", """{"reason":"x"}""", "reason", "no known field")]
    [InlineData("/api/v1/schedules/a/execute", """{"request":""}""", "request", "100 characters")]
    public async Task Names_the_field_that_does_not_fit(string path, string body, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(path, body);

        reply.AssertField(400, "request_invalid", field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData("""{"operations":[{"op":"set","address":"a[x]","value":1}]}""", "path_invalid", "operations[0].address")]
    [InlineData("""{"operations":[{"op":"patch","document":"a/b","patch":[]}]}""", "path_invalid", "operations[0].document")]
    [InlineData("""{"operations":[],"reads":[{"address":"a","depth":"deep","sequence":1,"hash":"x"}]}""", "id_invalid", "reads[0].hash")]
    public async Task Keeps_the_code_of_what_does_not_parse(string body, string code, string field)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PostAsync(Commits, body);

        reply.AssertField(400, code, field, "");
    }

    [Theory]
    [InlineData("PUT", Document, null)]
    [InlineData("PUT", Document, "text/plain")]
    [InlineData("PUT", Document, "application/x-www-form-urlencoded")]
    [InlineData("PUT", Document, "application/json; charset=utf-16")]
    [InlineData("PUT", Document, "application/json-patch+json")]
    [InlineData("PUT", Document, "application/merge-patch+json")]
    [InlineData("PATCH", Document, "application/merge-patch+json")]
    [InlineData("PATCH", Document, "application/geo+json")]
    [InlineData("POST", Commits, "text/json")]
    [InlineData("POST", "/api/v1/schedules/a/pause", "text/plain")]
    public async Task Reads_only_what_says_that_it_is_json(string method, string path, string? type)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method), path, TestApi.Bytes("{}"u8.ToArray(), type));

        reply.AssertProblem(415, "content_type_unsupported");
        Assert.Equal(type ?? "", reply.Detail("found"));
        Assert.Contains("json", reply.Detail("expected"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/geo+json")]
    public async Task Knows_the_many_names_of_json(string type)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        var reply = await api.SendAsync(HttpMethod.Put, Document, TestApi.Json("1", type));

        Assert.Equal(200, (int)reply.Status);
    }

    [Fact]
    public async Task Reads_nothing_compressed()
    {
        await using var api = await TestApi.StartAsync();
        var body = TestApi.Json("1");
        body.Headers.ContentEncoding.Add("gzip");

        var reply = await api.SendAsync(HttpMethod.Put, Document, body);

        reply.AssertProblem(415, "content_type_unsupported");
    }

    [Theory]
    [InlineData("PUT", Document)]
    [InlineData("PATCH", Document)]
    [InlineData("POST", Commits)]
    [InlineData("POST", Actions)]
    [InlineData("POST", Schedules)]
    public async Task Says_that_the_body_is_missing(string method, string path)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.SendAsync(new HttpMethod(method), path, null);

        reply.AssertField(400, "request_invalid", "body", "missing");
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 413)]
    public async Task A_body_has_a_length_that_it_tells(int bytes, int status)
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { BodyBytesMax = 1024 });
        api.Actors.Answer("CommitAsync", Samples.Receipt);

        var reply = await api.PutAsync(Document, $"\"{new string('x', bytes - 2)}\"");

        Assert.Equal(status, (int)reply.Status);
        if (status == 413)
        {
            Assert.Equal("1024", reply.AssertProblem(413, "json_too_large").Detail("limit"));
        }
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 413)]
    [InlineData(40_000, 413)]
    public async Task A_body_has_a_length_that_it_does_not_tell(int bytes, int status)
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { BodyBytesMax = 1024 });
        api.Actors.Answer("CommitAsync", Samples.Receipt);
        var body = new ChunkedContent(Encoding.ASCII.GetBytes($"\"{new string('x', bytes - 2)}\""));

        var reply = await api.SendAsync(HttpMethod.Put, Document, body);

        Assert.Equal(status, (int)reply.Status);
        if (status == 413)
        {
            Assert.Equal("1024", reply.AssertProblem(413, "json_too_large").Detail("limit"));
        }
    }

    [Fact]
    public async Task A_body_may_be_larger_than_what_servers_allow_by_default()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { BodyBytesMax = 64 << 20 });
        api.Actors.Answer("CommitAsync", Samples.Receipt);
        var operation = $$"""{"op":"set","address":"a","value":"{{new string('x', 3 << 20)}}"}""";
        var body = $$"""{"operations":[{{string.Join(',', Enumerable.Repeat(operation, 11))}}]}""";

        var reply = await api.PostAsync(Commits, body);

        Assert.Equal(200, (int)reply.Status);
    }
}
