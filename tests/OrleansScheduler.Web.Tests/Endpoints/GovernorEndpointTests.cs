using System.Collections.Immutable;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class GovernorEndpointTests
{
    private const string One = "/api/v1/governor";

    private static readonly GovernorSnapshot Snapshot = new(
        new GovernorSettings(8, ImmutableSortedDictionary<string, int>.Empty.Add("reports", 2)),
        [new Lease(Samples.Run, "reports", "host-1", 17, Samples.Noon, Samples.Noon.AddMinutes(20))],
        3,
        17,
        1);

    [Fact]
    public async Task Shows_the_caps_and_who_holds_a_slot()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("GetAsync", Snapshot);

        var reply = await api.GetAsync(One);

        Assert.Equal("governor", api.Actors.Call.Key);
        Assert.Equal(2, reply.Json.GetProperty("settings").GetProperty("groups").GetProperty("reports").GetInt32());
        Assert.Equal("default/nightly.0a1b2c3d.7", reply.Json.GetProperty("leases")[0].GetProperty("run").GetString());
    }

    [Fact]
    public async Task Changes_the_caps()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("ConfigureAsync", Snapshot);

        await api.PutAsync(One, """{"cap":8,"groups":{"reports":2}}""");

        var settings = Assert.IsType<GovernorSettings>(api.Actors.Call.Arguments[0]);
        Assert.Equal((8, 2), (settings.Cap, settings.Groups["reports"]));
    }

    [Theory]
    [InlineData("""{"cap":8}""", "groups", "lacks the field groups")]
    [InlineData("""{"cap":"8","groups":{}}""", "cap", "a whole number")]
    [InlineData("""{"cap":8,"groups":[]}""", "groups", "an object")]
    [InlineData("""{"cap":8,"groups":{"a":1.5}}""", "groups.a", "a whole number")]
    public async Task Names_the_field_that_does_not_fit(string body, string field, string says)
    {
        await using var api = await TestApi.StartAsync();

        var reply = await api.PutAsync(One, body);

        reply.AssertField(400, "request_invalid", field, says);
        Assert.Empty(api.Actors.Calls);
    }

    [Fact]
    public async Task Tells_what_the_governor_refuses()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("ConfigureAsync", new SchedulerException(ErrorCodes.RequestInvalid, "cap goes from 1 to 10,000.").With("field", "cap"));

        var reply = await api.PutAsync(One, """{"cap":0,"groups":{}}""");

        reply.AssertField(400, "request_invalid", "cap", "1 to 10,000");
    }
}
