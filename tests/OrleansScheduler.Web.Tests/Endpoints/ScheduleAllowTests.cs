using OrleansScheduler.Documents;
using OrleansScheduler.Permissions;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class ScheduleAllowTests
{
    private const string Allow = "/api/v1/schedules/nightly/allow";
    private const string Token = "0123456789abcdef";

    private static readonly JsonValue Payload = JsonValue.Parse("""{"command":"rsync"}""");
    private static readonly SchedulerApiOptions Options = new() { AdministratorToken = Token };

    [Theory]
    [InlineData(""","note":"looks good","who":"alice"}""", "looks good", "alice")]
    [InlineData("}", "The command of default/nightly.", "api")]
    public async Task Allows_the_command_that_was_looked_at_and_resumes(string rest, string note, string who)
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Allow, $"{{\"command_hash\":\"{Payload.Hash}\"{rest}", ("Authorization", $"Bearer {Token}"));

        Assert.Equal("default/nightly", reply.Json.GetProperty("schedule").GetString());
        Assert.Equal(["GetAsync", "AllowAsync", "ResumeAsync"], api.Actors.Calls.Select(call => call.Method));
        Assert.Equal([PermissionKind.Command, Payload.Hash.ToString(), note, who], api.Actors.Calls.ElementAt(1).Arguments);
        Assert.Equal(("permissions", who), (api.Actors.Calls.ElementAt(1).Key, api.Actors.Calls.Last().Arguments[0]));
    }

    [Fact]
    public async Task Allows_nothing_that_was_changed_meanwhile()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(
            Allow, """{"command_hash":"0123456789abcdef0123456789abcdef"}""", ("Authorization", $"Bearer {Token}"));

        reply.AssertProblem(409, "revision_conflict");
        Assert.Equal(("3", Payload.Hash.ToString()), (reply.Detail("revision"), reply.Detail("command_hash")));
        Assert.Equal("GetAsync", api.Actors.Call.Method);
    }

    [Fact]
    public async Task Refuses_what_is_no_hash()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Allow, """{"command_hash":"ABC"}""", ("Authorization", $"Bearer {Token}"));

        reply.AssertField(400, "id_invalid", "command_hash", "32 lower-case");
    }

    [Fact]
    public async Task Only_an_administrator_may_allow()
    {
        await using var api = await StartAsync();

        var reply = await api.PostAsync(Allow, $"{{\"command_hash\":\"{Payload.Hash}\"}}", ("Authorization", "Bearer fedcba9876543210"));

        reply.AssertProblem(403, "administrator_needed");
        Assert.Empty(api.Actors.Calls);
    }

    private static async Task<TestApi> StartAsync()
    {
        var api = await TestApi.StartAsync(Options);
        var detail = Samples.ScheduleDetail;
        api.Actors.Answer("GetAsync", detail with
        {
            State = ScheduleState.Paused, Definition = detail.Definition with { Target = detail.Definition.Target with { Payload = Payload } },
        });
        api.Actors.Answer("AllowAsync", new Permission(PermissionKind.Command, Payload.Hash.ToString(), "", "alice", Samples.Noon));
        api.Actors.Answer("ResumeAsync", detail);
        return api;
    }
}
