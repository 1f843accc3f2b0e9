using Microsoft.Extensions.Logging;
using OrleansScheduler.Web.Fakes;

namespace OrleansScheduler.Web.Requests;

public sealed class LimitTests
{
    private const string Space = "/api/v1/spaces/quakes";

    [Fact]
    public async Task Too_many_requests_at_once_are_told_to_come_back()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { RequestsMax = 1, RetryAfter = TimeSpan.FromSeconds(2.5) });
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource<object?>());
        api.Actors.On("SummarizeAsync", _ =>
        {
            entered.TrySetResult();
            return released.Task;
        });

        var first = api.GetAsync(Space);
        await entered.Task;
        var second = await api.GetAsync(Space);
        var health = await api.GetAsync("/health/ready");
        released.SetResult(Samples.Summary);
        var third = (await first, await api.GetAsync(Space));

        second.AssertProblem(429, "overloaded");
        Assert.Equal(TimeSpan.FromSeconds(3), second.Headers.RetryAfter?.Delta);
        Assert.Equal(200, (int)health.Status);
        Assert.Equal((200, 200), ((int)third.Item1.Status, (int)third.Item2.Status));
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_a_timeout()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.On("SummarizeAsync", WaitForeverAsync);
        var armed = api.Time.NextArmedAsync();

        var waiting = api.GetAsync(Space);
        await armed;
        api.Time.Advance(TimeSpan.FromSeconds(30));

        (await waiting).AssertProblem(504, "timeout");
    }

    [Fact]
    public async Task A_wait_that_the_client_asked_for_comes_on_top()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.On("WaitIdleAsync", WaitForeverAsync);
        var armed = api.Time.NextArmedAsync();

        var waiting = api.GetAsync($"{Space}/idle?wait=20s");
        var due = await armed;
        api.Time.AdvanceTo(due);

        Assert.Equal(TimeSpan.FromSeconds(50), due - new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        (await waiting).AssertProblem(504, "timeout");
    }

    [Fact]
    public async Task A_change_that_takes_too_long_may_have_happened()
    {
        await using var api = await TestApi.StartAsync();
        api.Actors.On("CommitAsync", WaitForeverAsync);
        var armed = api.Time.NextArmedAsync();

        var waiting = api.PutAsync($"{Space}/documents/a", "1");
        await armed;
        api.Time.Advance(TimeSpan.FromSeconds(30));

        var reply = (await waiting).AssertProblem(503, "outcome_unknown");
        Assert.Equal("timeout", reply.Detail("reason"));
        Assert.NotNull(reply.Headers.RetryAfter);
    }

    [Fact]
    public async Task Who_only_waits_does_not_hold_up_a_stop()
    {
        await using var api = await TestApi.StartAsync();
        var entered = new TaskCompletionSource();
        api.Actors.On("ListCommitsAsync", call =>
        {
            entered.SetResult();
            return WaitForeverAsync(call);
        });

        var waiting = api.GetAsync($"{Space}/commits?wait=20s");
        await entered.Task;
        api.Lifetime.StopApplication();

        (await waiting).AssertProblem(503, "stopping");
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_fault()
    {
        await using var api = await TestApi.StartAsync(new SchedulerApiOptions { RequestsMax = 1 });
        using var patience = new CancellationTokenSource();
        var (entered, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Actors.On("SummarizeAsync", async call =>
        {
            call.Cancellation.Register(left.SetResult);
            entered.SetResult();
            return await WaitForeverAsync(call);
        });

        var abandoned = api.Client.GetAsync(Space, patience.Token);
        await entered.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        await left.Task;

        Assert.DoesNotContain(api.Log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    private static async Task<object?> WaitForeverAsync(ActorCall call)
    {
        var never = new TaskCompletionSource<object?>();
        await using var registration = call.Cancellation.Register(() => never.TrySetCanceled(call.Cancellation));
        return await never.Task;
    }
}
