using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class SchedulePutTests
{
    private const string Nightly = "/api/v1/schedules/nightly";
    private const string Body = """{"when":"every 5m","target":{"handler":"feed"},"labels":{"team":"data"}}""";

    private static readonly SchedulerException NotFound = new(ErrorCodes.NotFound, "No such schedule.");
    private static readonly SchedulerException AlreadyExists = new(ErrorCodes.AlreadyExists, "With another definition.");

    [Fact]
    public async Task Updates_what_is_there()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("UpdateAsync", Samples.ScheduleDetail with { Revision = 4 });

        var reply = await api.PutAsync($"{Nightly}?who=alice", Body);

        Assert.Equal((200, "\"0a1b2c3d-4\""), ((int)reply.Status, reply.Headers.ETag?.ToString()));
        var definition = Assert.IsType<ScheduleDefinition>(api.Actors.Call.Arguments[0]);
        Assert.Equal(new IntervalTrigger(TimeSpan.FromMinutes(5)), definition.Trigger);
        Assert.Equal("data", definition.Labels!["team"]);
        Assert.Equal([null, "alice"], api.Actors.Call.Arguments[1..]);
    }

    [Fact]
    public async Task Creates_what_is_not_there()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("UpdateAsync", NotFound);
        api.Actors.Answer("CreateAsync", Samples.ScheduleDetail);

        var reply = await api.PutAsync(Nightly, Body);

        Assert.Equal((201, "\"0a1b2c3d-3\""), ((int)reply.Status, reply.Headers.ETag?.ToString()));
    }

    [Fact]
    public async Task Updates_what_somebody_else_created_meanwhile()
    {
        await using var api = await TestApi.StartAsync();
        var updates = 0;
        api.Actors.On("UpdateAsync", _ => ++updates == 1 ? Task.FromException<object?>(NotFound) : Task.FromResult<object?>(Samples.ScheduleDetail));
        api.Actors.Fail("CreateAsync", AlreadyExists);

        var reply = await api.PutAsync(Nightly, Body);

        Assert.Equal((200, 2), ((int)reply.Status, updates));
    }

    [Fact]
    public async Task Replaces_the_revision_that_the_client_knows()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Answer("UpdateAsync", Samples.ScheduleDetail with { Revision = 4 });

        var reply = await api.PutAsync(Nightly, Body, ("If-Match", "\"0a1b2c3d-3\""));

        Assert.Equal("\"0a1b2c3d-4\"", reply.Headers.ETag?.ToString());
        Assert.Equal([3L, "api"], api.Actors.Calls.Last().Arguments[1..]);
    }

    [Fact]
    public async Task Says_that_the_revision_is_another_one()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Fail("UpdateAsync", new SchedulerException(ErrorCodes.RevisionConflict, "Changed.").With("revision", "3"));

        var reply = await api.PutAsync(Nightly, Body, ("If-Match", "\"0a1b2c3d-2\""));

        Assert.Equal("3", reply.AssertProblem(412, "revision_conflict").Detail("revision"));
    }

    [Fact]
    public async Task Another_life_of_the_schedule_is_not_the_one_that_the_client_knows()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);

        var reply = await api.PutAsync(Nightly, Body, ("If-Match", "\"ffffffff-3\""));

        Assert.Equal("3", reply.AssertProblem(412, "revision_conflict").Detail("revision"));
        Assert.Single(api.Actors.Calls);
    }

    [Fact]
    public async Task What_is_gone_is_not_created_under_a_condition()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("GetAsync", NotFound);

        var reply = await api.PutAsync(Nightly, Body, ("If-Match", "\"0a1b2c3d-3\""));

        Assert.Equal("0", reply.AssertProblem(412, "revision_conflict").Detail("revision"));
    }

    [Fact]
    public async Task Creates_only_when_nothing_may_be_there()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("CreateAsync", Samples.ScheduleDetail);

        var created = await api.PutAsync(Nightly, Body, ("If-None-Match", "*"));
        api.Actors.Fail("CreateAsync", AlreadyExists);
        var refused = await api.PutAsync(Nightly, Body, ("If-None-Match", "*"));

        Assert.Equal(201, (int)created.Status);
        refused.AssertProblem(412, "already_exists");
        Assert.DoesNotContain(api.Actors.Calls, call => call.Method == "UpdateAsync");
    }

    [Theory]
    [InlineData("If-Match", "\"0a1b2c3d-3\", \"0a1b2c3d-4\"")]
    [InlineData("If-Match", "W/\"0a1b2c3d-3\"")]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "\"0a1b2c3d\"")]
    [InlineData("If-Match", "\"0A1B2C3D-3\"")]
    [InlineData("If-Match", "\"0a1b2c3d--3\"")]
    [InlineData("If-None-Match", "\"0a1b2c3d-3\"")]
    public async Task Refuses_conditions_that_it_cannot_keep(string header, string value)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(Nightly, Body, (header, value));

        reply.AssertField(400, "request_invalid", header, header);
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData("""{"name":"nightly","when":"every 5m","target":{"handler":"h"}}""", "request_invalid", "name", "address")]
    [InlineData("""{"target":{"handler":"h"}}""", "request_invalid", "when", "lacks the field trigger")]
    [InlineData("""{"when":"hourly","trigger":{"kind":"start"},"target":{"handler":"h"}}""", "request_invalid", "when", "both")]
    [InlineData("""{"zone":"UTC","trigger":{"kind":"start"},"target":{"handler":"h"}}""", "request_invalid", "zone", "belongs to when")]
    [InlineData("""{"day_match":"both","trigger":{"kind":"start"},"target":{"handler":"h"}}""", "request_invalid", "day_match", "belongs to when")]
    [InlineData("""{"when":"hourly","day_match":"all","target":{"handler":"h"}}""", "request_invalid", "day_match", "both or either")]
    [InlineData("""{"when":"hourly","excluded_dates":["2026-13-01"],"target":{"handler":"h"}}""", "request_invalid", "excluded_dates[0]", "a date")]
    [InlineData("""{"when":"61 * * * *","target":{"handler":"h"}}""", "cron_invalid", "when", "")]
    [InlineData("""{"when":"every now and then","target":{"handler":"h"}}""", "phrase_invalid", "when", "")]
    [InlineData("""{"when":"hourly","zone":"Mars/Olympus","target":{"handler":"h"}}""", "zone_unknown", "zone", "Mars/Olympus")]
    public async Task Names_the_field_that_does_not_fit(string body, string code, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(Nightly, body);

        reply.AssertField(400, code, field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Theory]
    [InlineData("""{"when":"61 * * * *","target":{"handler":"h"}}""", "0")]
    [InlineData("""{"when":"every now and then","target":{"handler":"h"}}""", "6")]
    public async Task Says_where_a_text_stops_making_sense_and_what_could_stand_there(string body, string position)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(Nightly, body);

        Assert.Equal(position, reply.Detail("position"));
        Assert.NotEmpty(reply.Detail("expected")!);
    }

    [Fact]
    public async Task An_actor_that_refuses_an_expression_is_told_with_its_field()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("UpdateAsync", new SchedulerException(ErrorCodes.CronInvalid, "No.").With("position", "3").With("expected", "a minute"));

        var reply = await api.PutAsync(Nightly, """{"trigger":{"kind":"cron","expression":"x"},"target":{"handler":"h"}}""");

        reply.AssertField(400, "cron_invalid", "trigger.expression", "");
    }
}
