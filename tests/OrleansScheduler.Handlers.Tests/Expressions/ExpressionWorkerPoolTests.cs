using System.Diagnostics;
using System.Globalization;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Handlers.Expressions;

/// <summary>Lives and ends of real worker processes.</summary>
public sealed class ExpressionWorkerPoolTests
{
    private const string Endless = "while (true) { }";

    [Fact]
    public async Task A_worker_serves_many_and_keeps_nothing_between_them()
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1 });

        await fixture.EvaluateAsync("leak = 1; Array.prototype.x = 1; String.prototype.trim = null; 1");

        Assert.Equal("undefined,undefined,function", await fixture.EvaluateAsync("[typeof leak, typeof [].x, typeof ''.trim].join()"));
        Assert.Single(fixture.Started);
    }

    [Fact]
    public async Task A_worker_is_replaced_after_its_share()
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1, EvaluationsPerWorkerMax = 2 });

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(i, await fixture.EvaluateAsync(i.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Equal(3, fixture.Started.Distinct().Count());
    }

    [Fact]
    public async Task Many_callers_share_two_workers()
    {
        await using var fixture = new ExpressionFixture();

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => fixture.EvaluateAsync($"{i} * 2")));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (Documents.JsonValue?)(i * 2)), results);
        Assert.InRange(fixture.Started.Count, 1, 2);
    }

    [Fact]
    public async Task Whoever_comes_when_too_many_wait_is_told_to_come_later()
    {
        var started = new TaskCompletionSource();
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1, WaitersMax = 0 });
        fixture.Pool.Started = _ => started.SetResult();
        TestRun busy = ExpressionFixture.RunOf(Endless, []);
        Task first = fixture.Handler.HandleAsync(busy);
        await started.Task;

        SchedulerException fault = await fixture.FailAsync("1");
        busy.Abort();

        Assert.Equal((HandlerErrorCodes.ExpressionBusy, true), (fault.Code, fault.IsTransient));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task An_abort_kills_the_worker()
    {
        var started = new TaskCompletionSource<int>();
        await using var fixture = new ExpressionFixture();
        fixture.Pool.Started = started.SetResult;
        TestRun run = ExpressionFixture.RunOf(Endless, []);
        Task evaluation = fixture.Handler.HandleAsync(run);
        int pid = await started.Task;
        int descriptor = NativeProcesses.OpenProcess(pid);

        run.Abort();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluation);
        Assert.True(await WorkerProgram.EndOfAsync(descriptor));
        NativeProcesses.CloseDescriptor(descriptor);
    }

    [Fact]
    public async Task Disposal_ends_busy_and_idle_workers_and_every_later_call()
    {
        var fixture = new ExpressionFixture();
        Task<Documents.JsonValue?>[] first = [fixture.EvaluateAsync("1"), fixture.EvaluateAsync("2")];
        await Task.WhenAll(first);
        Task endless = fixture.Handler.HandleAsync(ExpressionFixture.RunOf(Endless, []));
        int[] descriptors = [.. fixture.Started.Select(NativeProcesses.OpenProcess)];

        await fixture.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.EvaluateAsync("1"));
        Assert.True(NativeProcesses.WaitForAll(descriptors.Where(d => d >= 0), TimeSpan.Zero));
        Array.ForEach(descriptors, NativeProcesses.CloseDescriptor);
    }

    [Fact]
    public async Task A_worker_that_was_killed_while_idle_is_replaced()
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkersMax = 1 });
        await fixture.EvaluateAsync("1");
        using var worker = Process.GetProcessById(fixture.Started.Single());
        int descriptor = NativeProcesses.OpenProcess(worker.Id);
        worker.Kill();
        Assert.True(await WorkerProgram.EndOfAsync(descriptor));
        NativeProcesses.CloseDescriptor(descriptor);

        Task<Documents.JsonValue?> next = fixture.EvaluateAsync("2");

        // Its end may be known to the kernel before it is to the pool; then this one evaluation is told to come again.
        try
        {
            Assert.Equal(2, await next);
        }
        catch (SchedulerException fault)
        {
            Assert.Equal((HandlerErrorCodes.ExpressionWorkerFailed, true), (fault.Code, fault.IsTransient));
        }

        Assert.Equal(3, await fixture.EvaluateAsync("3"));
    }

    [Fact]
    public async Task A_program_that_is_no_worker_is_told_apart()
    {
        await using var fixture = new ExpressionFixture(new ExpressionOptions { WorkerCommand = [.. WorkerProgram.Command, "silent"] });
        await using var missing = new ExpressionFixture(new ExpressionOptions { WorkerCommand = ["/nowhere/at/all"] });

        Assert.Equal(HandlerErrorCodes.ExpressionWorkerFailed, (await fixture.FailAsync("1")).Code);
        Assert.Equal(HandlerErrorCodes.ExpressionWorkerFailed, (await missing.FailAsync("1")).Code);
    }

    [Fact]
    public async Task A_worker_ends_in_the_middle_of_an_evaluation_when_its_host_is_killed()
    {
        using Process host = WorkerProgram.Start("expression", """{"script": "while (true) { }", "write": "a", "time_limit": "60s"}""");
        int worker = int.Parse((await host.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        int descriptor = NativeProcesses.OpenProcess(worker);
        Assert.True(descriptor >= 0);

        await WorkerProgram.KillAsync(host);

        Assert.True(await WorkerProgram.EndOfAsync(descriptor));
        NativeProcesses.CloseDescriptor(descriptor);
    }
}
