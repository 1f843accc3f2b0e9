using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Handlers;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>After any history with crashes and failing storage every occurrence has its fate, every run ended once, and every slot is free.</summary>
public abstract class ScheduleOracleTests : ProductTests
{
    private const int Cap = 2;

    [Fact]
    public Task Random_histories_lose_no_run_and_no_slot() => Seeded.RoundsAsync(6, async random =>
    {
        await using var product = await StartAsync();
        var history = new Crowd(product, random);
        await history.BeginAsync();

        for (int step = 0; step < 60; step++)
        {
            await history.StepAsync();
            await history.CheckSlotsAsync();
        }

        await history.EndAsync();
        await history.CheckAsync();
    });

    private sealed class Crowd(ProductUnderTest product, Random random)
    {
        // The clock goes on whether or not the thread pool keeps up, so there are many more than an idle machine needs; but
        // fewer than would let a slot expire that was not given back.
        private const int Rounds = 20_000;

        private static readonly string[] Names = ["cron", "interval", "once", "start", "beside", "late"];

        private DateTimeOffset _begin;
        private int _requests;
        private volatile bool _isOpen;
        private volatile bool _isCrashing;
        private volatile TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private IGovernor Governor => product.Directory.Get<IGovernor>(IGovernor.Key);

        public async Task BeginAsync()
        {
            _begin = product.Now;
            product.Handle("quick", WorkAsync);
            product.Handle("slow", async context =>
            {
                await (_isOpen ? Task.CompletedTask : Waits.OrCancelledAsync(_gate.Task, context.Cancellation));
                await WorkAsync(context);
            });
            await Governor.ConfigureAsync(new GovernorSettings(Cap, ImmutableSortedDictionary<string, int>.Empty), CancellationToken.None);
            foreach (string name in Names)
            {
                await product.Schedule(name).CreateAsync(Define(name), CancellationToken.None);
            }
        }

        public async Task StepAsync()
        {
            string name = Names[random.Next(Names.Length)];
            ISchedule schedule = product.Schedule(name);
            switch (random.Next(20))
            {
                case < 8:
                    await product.AdvanceAsync(TimeSpan.FromMilliseconds(random.Next(15_000)));
                    break;
                case < 11:
                    await TryAsync(() => schedule.ExecuteAsync($"r{_requests++}", "me", CancellationToken.None));
                    break;
                case 11:
                    await TryAsync(() => schedule.PauseAsync("me", "because", CancellationToken.None));
                    break;
                case 12:
                    await TryAsync(() => schedule.ResumeAsync("me", CancellationToken.None));
                    break;
                case 13:
                    await TryAsync(() => schedule.UpdateAsync(Define(name), null, "me", CancellationToken.None));
                    break;
                case 14:
                    _isCrashing = true;
                    await product.CrashAsync(TimeSpan.FromSeconds(random.Next(200)));
                    _isCrashing = false;
                    break;
                case 15:
                    await product.RestartAsync();
                    break;
                case 16:
                    product.FailNextAppend("schedule", $"owner/{name}", random.Next(2) == 0);
                    break;
                case 17:
                    product.FailNextAppend("governor", IGovernor.Key, random.Next(2) == 0);
                    break;
                default:
                    OpenGate();
                    break;
            }
        }

        public async Task CheckSlotsAsync()
        {
            if (await TryAsync(() => Governor.GetAsync(CancellationToken.None)) is { } snapshot)
            {
                Assert.InRange(snapshot.Leases.Length, 0, Cap);
            }
        }

        /// <summary>Nothing new comes from here on; the clock goes on until what is open has ended.</summary>
        public async Task EndAsync()
        {
            _isOpen = true;
            OpenGate();
            for (int round = 0; round < Rounds; round++)
            {
                bool isQuiet = true;
                foreach (string name in Names)
                {
                    ScheduleDetail? detail = await TryAsync(() => product.Schedule(name).PauseAsync("me", "the end", CancellationToken.None))
                        ?? await TryAsync(() => product.Schedule(name).GetAsync(CancellationToken.None));
                    isQuiet &= detail is { OpenRuns.IsEmpty: true, State: not ScheduleState.Active };
                }

                GovernorSnapshot? slots = await TryAsync(() => Governor.GetAsync(CancellationToken.None));
                if (isQuiet && slots is { Waiting: 0, Leases.IsEmpty: true } && (await HistoryAsync()).Length == await RanAsync())
                {
                    return;
                }

                await product.AdvanceAsync(TimeSpan.FromSeconds(1));
            }
        }

        public async Task CheckAsync()
        {
            GovernorSnapshot slots = await Governor.GetAsync(CancellationToken.None);
            Assert.Empty(slots.Leases);
            Assert.Equal(0, slots.Waiting);
            ImmutableArray<ScheduleRun> ended = await HistoryAsync();
            foreach (string name in Names)
            {
                ScheduleCounters counters = (await product.Schedule(name).GetAsync(CancellationToken.None)).Counters;
                Assert.Equal(0, counters.Open);
                Assert.Equal(counters.Due, counters.Ran + counters.SkippedMissed + counters.SkippedOverlap);
                var numbers = ended.Where(run => run.Run.Schedule.Name == name).Select(run => run.Run.Number).Order();
                Assert.Equal(Enumerable.Range(1, (int)counters.Ran).Select(number => (long)number), numbers);
            }

            // No run was begun twice, and what completed was begun.
            string[] begun = [.. product.Board.Marks.Where(mark => mark.StartsWith("begun:", StringComparison.Ordinal))];
            Assert.Equal(begun.Distinct().Count(), begun.Length);
            Assert.All(ended.Where(run => run.Status == RunStatus.Completed), run =>
                Assert.True(product.Board.Count($"begun:{run.Run}") + product.Board.Count($"begun in a crash:{run.Run}") > 0));
        }

        private async Task WorkAsync(IRunContext context)
        {
            // What a process still does after the instant of its crash did not happen; here both processes make marks.
            product.Board.Mark($"{(_isCrashing ? "begun in a crash" : "begun")}:{context.Run}");
            await CheckSlotsAsync();
            context.Write(Address.Parse($"runs/{RunId.Parse(context.Run).Schedule.Name}"), context.Run);
        }

        private void OpenGate() =>
            Interlocked.Exchange(ref _gate!, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        private ScheduleDefinition Define(string name)
        {
            Trigger trigger = name switch
            {
                "cron" => new CronTrigger($"*/{random.Next(2, 20)} * * * * *"),
                "interval" or "late" => new IntervalTrigger(TimeSpan.FromSeconds(random.Next(1, 30))),
                "once" => new OnceTrigger(product.Now.AddSeconds(random.Next(-30, 100))),
                "start" => new StartTrigger(),
                _ => new IntervalTrigger(TimeSpan.FromSeconds(random.Next(3, 9))),
            };
            return new ScheduleDefinition(
                trigger,
                new HandlerTarget(random.Next(3) == 0 ? "slow" : "quick", SpaceId.Of("owner", "space")),
                MaxRunDuration: TimeSpan.FromHours(10),
                Overlap: name == "beside" ? OverlapPolicy.Allow : null,
                Missed: random.Next(2) == 0 ? MissedPolicy.RunLatest : null,
                Jitter: name == "late" ? TimeSpan.FromSeconds(20) : null,
                MaxFirings: random.Next(6) == 0 ? random.Next(1, 6) : null);
        }

        private async Task<long> RanAsync()
        {
            long ran = 0;
            foreach (string name in Names)
            {
                ran += (await TryAsync(() => product.Schedule(name).GetAsync(CancellationToken.None)))?.Counters.Ran ?? long.MaxValue / 10;
            }

            return ran;
        }

        private async Task<ImmutableArray<ScheduleRun>> HistoryAsync()
        {
            var runs = ImmutableArray.CreateBuilder<ScheduleRun>();
            for (DateTimeOffset day = new(_begin.UtcDateTime.Date, TimeSpan.Zero); day <= product.Now; day = day.AddDays(1))
            {
                foreach (string name in Names)
                {
                    ScheduleId id = ScheduleId.Of("owner", name);
                    IHistory history = product.Directory.Get<IHistory>(HistoryShard.KeyOf(id, DateOnly.FromDateTime(day.UtcDateTime)));
                    HistoryPage page = await history.ListAsync(new HistoryQuery(id, Limit: 500), CancellationToken.None);
                    Assert.False(page.HasMore);
                    runs.AddRange(page.Runs);
                }
            }

            return runs.ToImmutable();
        }

        // What storage refused may have happened or not; what the rules refuse did not.
        private static async Task<T?> TryAsync<T>(Func<Task<T>> call)
            where T : class
        {
            try
            {
                return await call();
            }
            catch (SchedulerException)
            {
                return null;
            }
        }
    }
}
