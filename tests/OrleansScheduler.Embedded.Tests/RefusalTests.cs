using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Documents;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests;

/// <summary>A refusal tells of the state as an answer does: not before that is stored.</summary>
/// <remarks>Calls are decided in their order, so what is answered without storage tells that those before it are decided.</remarks>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_told_that_a_schedule_exists_which_is_never_stored()
    {
        var faults = new FailsAtLast("schedule");
        await using EmbeddedScheduler scheduler = await StartAsync(faults);
        ISchedule schedule = scheduler.Directory.Get<ISchedule>("default/one");

        Task first = schedule.CreateAsync(Every(1), Cancellation);
        await faults.Reached;
        Task second = schedule.CreateAsync(Every(2), Cancellation);
        await schedule.CheckAsync(Every(3), Cancellation);
        faults.Fail();

        await Assert.ThrowsAsync<SchedulerException>(() => first);
        Assert.Equal(ErrorCodes.OutcomeUnknown, (await Assert.ThrowsAsync<SchedulerException>(() => second)).Code);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_conflict_with_what_is_never_stored()
    {
        var faults = new FailsAtLast("space");
        await using EmbeddedScheduler scheduler = await StartAsync(faults);
        ISpace space = scheduler.Directory.Get<ISpace>("default/one");
        var address = Address.Parse("one");
        SpaceRead read = await space.ReadAsync([new ReadTarget(address, ReadDepth.Deep)], null, Cancellation);

        Task first = space.CommitAsync(new CommitRequest("first", 1, [], [new SetOperation(address, 1)]), Cancellation);
        await faults.Reached;
        Task second = space.CommitAsync(new CommitRequest("second", 1, [read.Reads[0].Confirm()], [new SetOperation(address, 2)]), Cancellation);
        await Assert.ThrowsAsync<SchedulerException>(() => space.ListDocumentsAsync(null, 0, Cancellation));
        faults.Fail();

        await Assert.ThrowsAsync<SchedulerException>(() => first);
        Assert.Equal(ErrorCodes.OutcomeUnknown, (await Assert.ThrowsAsync<SchedulerException>(() => second)).Code);
    }

    [Fact]
    public async Task A_schedule_whose_last_instant_has_passed_unseen_is_completed_and_not_paused()
    {
        var time = new FakeTime();
        await using EmbeddedScheduler scheduler = await StartAsync(NoFaults.Instance, time);
        ISchedule schedule = scheduler.Directory.Get<ISchedule>("default/one");
        await schedule.CreateAsync(Every(1) with { Trigger = new OnceTrigger(time.GetUtcNow().AddHours(1)) }, Cancellation);
        time.ShiftWallClock(TimeSpan.FromHours(2));

        SchedulerException refusal = await Assert.ThrowsAsync<SchedulerException>(() => schedule.PauseAsync("somebody", "because", Cancellation));

        Assert.Equal(ErrorCodes.ScheduleCompleted, refusal.Code);
        Assert.Equal(ScheduleState.Completed, (await schedule.GetAsync(Cancellation)).State);
    }

    private static ScheduleDefinition Every(int hours) => new(new IntervalTrigger(TimeSpan.FromHours(hours), null), new HandlerTarget("nothing", null));

    private static Task<EmbeddedScheduler> StartAsync(IStorageFaults faults, FakeTime? shared = null)
    {
        FakeTime time = shared ?? new FakeTime();
        var builder = new EmbeddedSchedulerBuilder { Folder = "unused", Time = time, Loggers = NullLoggerFactory.Instance };
        builder.Handlers.Add("nothing", () => new Nothing(), "1");
        return EmbeddedScheduler.StartAsync(builder, new MemoryStore(MemoryImage.Empty, faults, time), new ThreadPoolTurnScheduler(), Cancellation);
    }

    private sealed class Nothing : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }

    // The first append of one kind of actor takes until it is told to fail.
    private sealed class FailsAtLast(string kind) : IStorageFaults
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Fail() => _failed.SetException(new StorageException(ErrorCodes.StorageFailed, "Told to fail."));

        public ValueTask AtAsync(StorageSite site, string of, string key) =>
            site == StorageSite.AppendBefore && of == kind && _reached.TrySetResult() ? new ValueTask(_failed.Task) : default;
    }
}
