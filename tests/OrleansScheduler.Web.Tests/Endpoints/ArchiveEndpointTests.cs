using System.Net;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Endpoints;

public sealed class ArchiveEndpointTests
{
    private const string Export = "/api/v1/ops/export";
    private const string Token = "0123456789abcdef";
    private static readonly (string, string) Administrator = ("Authorization", $"Bearer {Token}");

    [Fact]
    public async Task Streams_the_archive_to_an_administrator()
    {
        await using var api = await StartAsync();

        var reply = await api.GetAsync($"{Export}?skip_damaged=true", Administrator);

        Assert.Equal((HttpStatusCode.OK, "first\nlast\n"), (reply.Status, reply.Text));
        Assert.Equal("application/jsonl", reply.ContentHeaders.ContentType?.ToString());
        Assert.True(Assert.Single(api.Archives.Opened));
        await api.Archives.Released.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, api.Archives.Disposed);
    }

    [Fact]
    public async Task Nobody_else_gets_anything()
    {
        await using var api = await StartAsync();

        var reply = await api.GetAsync(Export);

        reply.AssertProblem(401, "administrator_needed");
        Assert.Empty(api.Archives.Opened);
    }

    [Fact]
    public async Task Damage_is_a_problem_before_anything_is_sent()
    {
        await using var api = await StartAsync();
        api.Archives.OpenFault = new CorruptStateException("space/a", "log 7", "its checksum does not fit");

        var reply = await api.GetAsync(Export, Administrator);

        reply.AssertProblem(500, "corrupt_state");
        Assert.Contains("log 7", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_in_the_middle_breaks_the_connection()
    {
        await using var api = await StartAsync();
        api.Archives.WriteFault = new IOException("Gone.");

        await Assert.ThrowsAsync<HttpRequestException>(() => api.GetAsync(Export, Administrator));
        await api.Archives.Released.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, api.Archives.Disposed);
    }

    [Fact]
    public async Task In_a_later_epoch_tags_of_schedules_say_it_and_earlier_ones_stand_for_nothing()
    {
        await using var api = await StartAsync();
        api.Archives.Epoch = 2;
        api.Actors.Answer("GetAsync", Samples.ScheduleDetail);
        api.Actors.Answer("UpdateAsync", Samples.ScheduleDetail with { Revision = 4 });
        const string Body = """{"when":"every 5m","target":{"handler":"feed"}}""";

        var read = await api.GetAsync("/api/v1/schedules/nightly");
        var old = await api.PutAsync("/api/v1/schedules/nightly", Body, ("If-Match", "\"0a1b2c3d-3\""));
        var present = await api.PutAsync("/api/v1/schedules/nightly", Body, ("If-Match", "\"0a1b2c3d-3-2\""));

        Assert.Equal("\"0a1b2c3d-3-2\"", read.Headers.ETag?.ToString());
        old.AssertProblem(412, "revision_conflict");
        Assert.Equal("\"0a1b2c3d-4-2\"", present.Headers.ETag?.ToString());
    }

    private static Task<TestApi> StartAsync() => TestApi.StartAsync(new SchedulerApiOptions { AdministratorToken = Token });
}
