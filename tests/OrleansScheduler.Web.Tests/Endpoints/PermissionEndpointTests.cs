using System.Collections.Immutable;
using System.Net;
using OrleansScheduler.Permissions;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class PermissionEndpointTests
{
    private const string All = "/api/v1/permissions";
    private const string Hash = "0123456789abcdef0123456789abcdef";

    private static readonly (string, string) Administrator = ("Authorization", "Bearer 0123456789abcdef");
    private static readonly Permission Rsync = new(PermissionKind.Program, "/usr/bin/rsync", "backups", "alice", Samples.Noon);

    [Fact]
    public async Task Anybody_may_see_them()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ListAsync", ImmutableArray.Create(Rsync));

        var reply = await api.GetAsync(All);

        Assert.Equal("/usr/bin/rsync", reply.Json.GetProperty("permissions")[0].GetProperty("value").GetString());
        Assert.Equal("permissions", api.Actors.Call.Key);
    }

    [Theory]
    [InlineData("""{"kind":"program","value":"/usr/bin/rsync","note":"backups","who":"alice"}""", PermissionKind.Program, "/usr/bin/rsync", "backups", "alice")]
    [InlineData($$"""{"kind":"command","value":"{{Hash}}"}""", PermissionKind.Command, Hash, "", "api")]
    public async Task Allows(string body, PermissionKind kind, string value, string note, string who)
    {
        await using var api = await StartAsync();
        api.Actors.Answer("AllowAsync", Rsync);

        var reply = await api.PostAsync(All, body, Administrator);

        Assert.Equal("alice", reply.Json.GetProperty("allowed_by").GetString());
        Assert.Equal([kind, value, note, who], api.Actors.Call.Arguments);
    }

    [Theory]
    [InlineData("""{"kind":"shell","value":"x"}""", "kind", "program or command")]
    [InlineData("""{"kind":"program","value":"rsync"}""", "value", "full path")]
    [InlineData("""{"kind":"program","value":""}""", "value", "1 character")]
    [InlineData("""{"kind":"command","value":"0123"}""", "value", "32 lower-case")]
    [InlineData("""{"kind":"program","value":"/bin/ls","who":""}""", "who", "200 characters")]
    public async Task Names_the_field_that_does_not_fit(string body, string field, string says)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(All, body, Administrator);

        reply.AssertField(400, "request_invalid", field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task A_note_has_a_length()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(All, $$"""{"kind":"program","value":"/bin/ls","note":"{{new string('x', 2001)}}"}""", Administrator);

        reply.AssertField(400, "request_invalid", "note", "2000 characters");
    }

    [Theory]
    [InlineData("program/%2Fusr%2Fbin%2Frsync", PermissionKind.Program, "/usr/bin/rsync")]
    [InlineData("program/%2fopt%2fmy%20tool%252F%C3%A4", PermissionKind.Program, "/opt/my tool%2Fä")]
    [InlineData($"command/{Hash}", PermissionKind.Command, Hash)]
    public async Task Takes_back_what_the_address_names(string address, PermissionKind kind, string value)
    {
        await using var api = await StartAsync();
        api.Actors.Answer("RevokeAsync", null);

        var reply = await SendRawAsync(api, $"{All}/{address}?who=bob");

        Assert.Equal(HttpStatusCode.NoContent, reply.Status);
        Assert.Equal([kind, value, "bob"], api.Actors.Call.Arguments);
    }

    [Theory]
    [InlineData("shell/x", "request_invalid")]
    [InlineData("pro%2Fgram/x", "path_invalid")]
    [InlineData("program/x/.", "path_invalid")]
    [InlineData("program/x/", "path_invalid")]
    [InlineData("program/x%ff", "path_invalid")]
    public async Task Refuses_addresses_of_no_permission(string address, string code)
    {
        await using var api = await StartAsync();

        var reply = await SendRawAsync(api, $"{All}/{address}");

        reply.AssertProblem(400, code);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Only_an_administrator_may_take_them_back()
    {
        await using var api = await StartAsync();

        var reply = await api.SendAsync(HttpMethod.Delete, $"{All}/command/{Hash}", null);

        reply.AssertProblem(401, "administrator_needed");
        Assert.Empty(api.Actors.Calls);
    }

    private static Task<TestApi> StartAsync() => TestApi.StartAsync(new SchedulerApiOptions { AdministratorToken = "0123456789abcdef" });

    private static async Task<Reply> SendRawAsync(TestApi api, string address)
    {
        var uri = new Uri(
            api.Client.BaseAddress!.ToString().TrimEnd('/') + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Delete, uri);
        request.Headers.Add(Administrator.Item1, Administrator.Item2);
        return await Reply.ReadAsync(await api.Client.SendAsync(request));
    }
}
