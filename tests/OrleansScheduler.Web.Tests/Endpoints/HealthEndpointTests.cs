using System.Collections.Immutable;
using System.Net;
using OrleansScheduler.Web.Fakes;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Web.Endpoints;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Is_live_whatever_its_parts_say()
    {
        await using var api = await TestApi.StartAsync();
        api.Health.Next = new HealthReport([new HealthComponent("storage", HealthStatus.Unhealthy, "Gone.")]);

        var reply = await api.GetAsync("/health/live");

        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy"}"""), (reply.Status, reply.Text));
    }

    [Theory]
    [InlineData(HealthStatus.Healthy, 200, "healthy")]
    [InlineData(HealthStatus.Degraded, 200, "degraded")]
    [InlineData(HealthStatus.Unhealthy, 503, "unhealthy")]
    public async Task Is_as_ready_as_its_worst_part(HealthStatus worst, int status, string text)
    {
        await using var api = await TestApi.StartAsync();
        var data = ImmutableSortedDictionary<string, string>.Empty.Add("queue", "3");
        api.Health.Next = new HealthReport(
            [new HealthComponent("storage", worst, "Slow.", data), new HealthComponent("engine", HealthStatus.Healthy, "Fine.")]);

        var reply = await api.GetAsync("/health/ready");

        Assert.Equal(status, (int)reply.Status);
        Assert.Equal(text, reply.Json.GetProperty("status").GetString());
        Assert.Equal("3", reply.Json.GetProperty("components")[0].GetProperty("data").GetProperty("queue").GetString());
    }
}
