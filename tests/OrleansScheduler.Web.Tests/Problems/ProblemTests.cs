using Microsoft.Extensions.Logging;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Problems;

public sealed class ProblemTests
{
    private const string Space = "/api/v1/spaces/quakes";

    public static TheoryData<Exception> Unforeseen =>
        [new InvalidOperationException("secret"), new InvariantException("secret"), new OperationCanceledException("secret"), new SchedulerException("internal", "secret")];

    [Theory]
    [MemberData(nameof(Unforeseen), DisableDiscoveryEnumeration = true)]
    public async Task What_nobody_foresaw_is_logged_and_not_told(Exception fault)
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("SummarizeAsync", fault);

        var reply = await api.GetAsync(Space);

        reply.AssertProblem(500, "internal");
        Assert.DoesNotContain("secret", reply.Text, StringComparison.Ordinal);
        var entry = Assert.Single(api.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Same(fault, entry.Fault);
        Assert.Contains(reply.Detail("trace_id")!, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_state_is_told_and_logged()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("SummarizeAsync", new CorruptStateException("space default/quakes", "journal 7", "its checksum differs"));

        var reply = await api.GetAsync(Space);

        Assert.Equal("journal 7", reply.AssertProblem(500, "corrupt_state").Detail("row"));
        Assert.Single(api.Log.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Failures_that_pass_say_when_to_try_again()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("SummarizeAsync", new StorageException(ErrorCodes.StorageFull, "Full."));

        var reply = await api.GetAsync(Space);

        reply.AssertProblem(503, "storage_full");
        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter?.Delta);
        Assert.Single(api.Log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Mistakes_of_callers_are_not_logged()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Fail("SummarizeAsync", new SchedulerException(ErrorCodes.NotFound, "Nothing."));

        var reply = await api.GetAsync(Space);

        reply.AssertProblem(404, "not_found");
        Assert.Null(reply.Headers.RetryAfter);
        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Answers_are_not_kept_by_caches()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.Answer("SummarizeAsync", Samples.Summary);

        var reply = await api.GetAsync(Space);

        Assert.True(reply.Headers.CacheControl?.NoStore);
    }
}
