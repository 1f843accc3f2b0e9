using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Clocks;

public sealed class ClockActorTests
{
    private static readonly ScheduleId Id = ScheduleId.Of("owner", "s");

    private readonly Turns _turns = new();
    private readonly List<long> _calls = [];

    [Fact]
    public void A_schedule_that_breaks_is_called_again()
    {
        FakeContext context = null!;
        var schedule = new CalledSchedule(number =>
        {
            _calls.Add(number);
            return _calls.Count == 1 ? throw new InvariantException("It is broken.") : new Attention(number + 1, null);
        });
        context = new FakeContext(new ScriptedJournal()) { Directory = new OneSchedule(schedule) };
        var clock = new ClockActor(context, new ClockGate(true), NullLogger.Instance);
        _turns.Run(() => clock.ActivateAsync(CancellationToken.None));

        _turns.Run(() => clock.AnnounceAsync(Id, new Attention(1, context.Clock.GetUtcNow()), CancellationToken.None));
        var (due, again) = context.Timers[^1];
        context.Clock.AdvanceTo(due);
        _turns.Run(again);

        Assert.Equal([1, 1], _calls);
        Assert.True(clock.IsIdle);
    }

    [Fact]
    public void A_pause_after_a_failure_is_no_longer_because_the_clock_was_set_back()
    {
        var schedule = new CalledSchedule(number =>
        {
            _calls.Add(number);
            return _calls.Count == 1 ? throw new StorageException(ErrorCodes.StorageFailed, "Told to fail.") : new Attention(number + 1, null);
        });
        var context = new FakeContext(new ScriptedJournal()) { Directory = new OneSchedule(schedule) };
        var clock = new ClockActor(context, new ClockGate(true), NullLogger.Instance);
        _turns.Run(() => clock.ActivateAsync(CancellationToken.None));
        _turns.Run(() => clock.AnnounceAsync(Id, new Attention(1, context.Clock.GetUtcNow().AddHours(-1)), CancellationToken.None));

        context.Clock.ShiftWallClock(TimeSpan.FromMinutes(-30));
        context.Clock.Advance(TimeSpan.FromSeconds(0.5));
        _turns.Run(context.Timers[^1].Turn);

        Assert.Equal([1, 1], _calls);
    }

    [Fact]
    public async Task Who_keeps_clocks_stops_in_order_although_a_shard_fails_at_that_moment()
    {
        var shard = new FailingShard();
        var time = new OrleansScheduler.Testing.FakeTime();
        using var stop = new CancellationTokenSource();
        var keeper = new ClockKeeper(new OneClock(shard), new DeploymentStart("1", time.GetUtcNow()), time);
        List<Exception> faults = [];
        Task keeping = keeper.KeepAsync(faults.Add, stop.Token);
        time.Advance(TimeSpan.FromSeconds(5));

        await shard.Touched.Task;
        await stop.CancelAsync();
        shard.Fail.SetException(new StorageException(ErrorCodes.StorageFailed, "Told to fail."));
        await keeping;

        Assert.Empty(faults);
    }

    private sealed class OneClock(IClock clock) : IActorDirectory
    {
        public TActor Get<TActor>(string key)
            where TActor : class => (TActor)clock;
    }

    private sealed class FailingShard : IClock
    {
        public TaskCompletionSource Touched { get; } = new();

        public TaskCompletionSource<ClockSummary> Fail { get; } = new();

        public Task AnnounceAsync(ScheduleId schedule, Attention attention, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ClockSummary> TouchAsync(DeploymentStart start, CancellationToken cancellation)
        {
            Touched.TrySetResult();
            return Fail.Task;
        }
    }

    private sealed class OneSchedule(ISchedule schedule) : IActorDirectory
    {
        public TActor Get<TActor>(string key)
            where TActor : class => (TActor)schedule;
    }

    private sealed class CalledSchedule(Func<long, Attention> attend) : ISchedule
    {
        public Task CheckAsync(ScheduleDefinition definition, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Attention> AttendAsync(long attention, DeploymentStart? start, CancellationToken cancellation)
        {
            try
            {
                return Task.FromResult(attend(attention));
            }
            catch (SchedulerException fault)
            {
                return Task.FromException<Attention>(fault);
            }
        }

        public Task<ScheduleDetail> CreateAsync(ScheduleDefinition definition, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ScheduleDetail> UpdateAsync(ScheduleDefinition definition, long? revision, string who, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<ScheduleDetail> GetAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ScheduleRun> ExecuteAsync(string request, string who, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ScheduleDetail> PauseAsync(string who, string reason, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ScheduleDetail> ResumeAsync(string who, CancellationToken cancellation) => throw new NotSupportedException();

        public Task DeleteAsync(string who, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ImmutableArray<ScheduleRun>> ListRunsAsync(int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ScheduleRun> GetRunAsync(RunId run, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
