using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Who gets a slot, through crashes.</summary>
public abstract class SlotTests : ProductTests
{
    private static readonly ScheduleId Other = ScheduleId.Of("owner", "other");

    [Fact]
    public async Task Of_ten_racers_exactly_as_many_as_the_cap_get_a_slot()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 3);

        var racers = Enumerable.Range(1, 10).Select(number => governor.AcquireAsync(Request(product, number), TimeSpan.Zero, CancellationToken.None));
        var answers = await Task.WhenAll(racers);

        Assert.Equal(3, answers.OfType<Admission.Granted>().Count());
        Assert.Equal(7, answers.OfType<Admission.Queued>().Count());
        Assert.Equal(3, (await governor.GetAsync(CancellationToken.None)).Leases.Length);
        Assert.Equal([1L, 2, 3], answers.OfType<Admission.Granted>().Select(granted => granted.Lease.Token).Order());
    }

    [Fact]
    public async Task A_slot_that_becomes_free_goes_to_whoever_has_waited_longest()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 1);
        await governor.AcquireAsync(Request(product, 1), TimeSpan.Zero, CancellationToken.None);
        var younger = governor.AcquireAsync(Request(product, 2, age: 1), ProductUnderTest.WaitMax, CancellationToken.None);
        var older = governor.AcquireAsync(Request(product, 3, age: 2), TimeSpan.FromSeconds(19), CancellationToken.None);
        await product.ArmedForAsync(product.Now + ProductUnderTest.WaitMax);
        await product.ArmedForAsync(product.Now.AddSeconds(19));

        await governor.ReleaseAsync(Run(1), "test", CancellationToken.None);
        var first = await older;
        Assert.False(younger.IsCompleted);
        await governor.ReleaseAsync(Run(3), "test", CancellationToken.None);

        Assert.IsType<Admission.Granted>(first);
        Assert.IsType<Admission.Granted>(await younger);
    }

    [Fact]
    public async Task Asking_again_is_the_same_lease_also_after_a_crash()
    {
        await using var product = await StartAsync();
        var request = Request(product, 1) with { Process = "elsewhere" };
        var lease = Lease(await Governor(product).AcquireAsync(request, TimeSpan.Zero, CancellationToken.None));

        var again = Lease(await Governor(product).AcquireAsync(request, TimeSpan.Zero, CancellationToken.None));
        await product.CrashAsync(TimeSpan.FromSeconds(1));

        // The embedded process that starts ends the leases of all others.
        var after = Lease(await Governor(product).AcquireAsync(request, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(lease, again);
        Assert.True(after == lease || after.Token > lease.Token);
        Assert.Single((await Governor(product).GetAsync(CancellationToken.None)).Leases);
    }

    [Fact]
    public async Task A_lease_that_nobody_gives_back_is_taken_back_when_its_time_is_over()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 1);
        var lease = Lease(await governor.AcquireAsync(Request(product, 1), TimeSpan.Zero, CancellationToken.None));
        Assert.IsType<Admission.Queued>(await governor.AcquireAsync(Request(product, 2), TimeSpan.Zero, CancellationToken.None));

        while (product.Now < lease.ExpiresAt)
        {
            DateTimeOffset look = product.Now.AddSeconds(25) < lease.ExpiresAt ? product.Now.AddSeconds(25) : lease.ExpiresAt;
            await product.ArmedForAsync(look);
            await product.AdvanceAsync(look - product.Now);
        }

        await product.Board.MarkedAsync($"log:LeaseExpired:{Run(1)}");
        Assert.IsType<Admission.Granted>(await governor.AcquireAsync(Request(product, 2), TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(1, (await governor.GetAsync(CancellationToken.None)).Expired);
    }

    [Fact]
    public async Task Schedules_wait_for_a_slot_and_run_when_there_is_one()
    {
        await using var product = await StartAsync();
        await ConfigureAsync(product, 1);
        product.Board.Mark("closed");
        var first = await TriggerTests.DefineAsync(product, new StartTrigger());
        var second = await TriggerTests.DefineAsync(product, new StartTrigger(), name: "t");
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");
        await product.Schedule("t").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("log:RunQueued", 2);
        var waiting = (await product.Schedule("t").GetAsync(CancellationToken.None)).OpenRuns[0];

        product.Board.Mark("open");
        await ScheduleTests.EndedAsync(product, first, 1);
        await ScheduleTests.EndedAsync(product, second, 1);

        Assert.Equal((RunStatus.Queued, null), (waiting.Status, waiting.StartedAt));
        Assert.Equal(RunStatus.Completed, (await product.Schedule("t").GetAsync(CancellationToken.None)).LastRun!.Status);
        await product.Board.MarkedAsync("log:HistoryTold", 2);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_slot_outlives_a_crash_and_the_one_that_ran_is_lost()
    {
        await using var product = await StartAsync();
        await ConfigureAsync(product, 1);
        product.Board.Mark("closed");
        var first = await TriggerTests.DefineAsync(product, new StartTrigger());
        var second = await TriggerTests.DefineAsync(product, new OnceTrigger(product.Now.AddDays(1)), name: "t");
        await product.Schedule("s").PauseAsync("me", "because", CancellationToken.None);
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");
        await product.Schedule("t").ExecuteAsync("r", "me", CancellationToken.None);

        await product.CrashAsync(TimeSpan.FromSeconds(31));
        product.Board.Mark("open");
        await ScheduleTests.EndedAsync(product, second, 1);

        Assert.Equal(RunStatus.Completed, (await product.Schedule("t").GetAsync(CancellationToken.None)).LastRun!.Status);
        Assert.Equal(RunStatus.HostLost, (await product.Schedule("s").GetAsync(CancellationToken.None)).LastRun!.Status);
        Assert.Equal(first.Schedule, ScheduleId.Of("owner", "s"));
    }

    [Fact]
    public async Task A_deleted_schedule_gives_up_its_place_and_its_slot()
    {
        await using var product = await StartAsync();
        await ConfigureAsync(product, 1);
        product.Board.Mark("closed");
        await TriggerTests.DefineAsync(product, new StartTrigger());
        await TriggerTests.DefineAsync(product, new StartTrigger(), name: "t");
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");
        await product.Schedule("t").ExecuteAsync("r", "me", CancellationToken.None);

        await product.Schedule("t").DeleteAsync("me", CancellationToken.None);
        await product.Schedule("s").DeleteAsync("me", CancellationToken.None);
        var next = await Governor(product).AcquireAsync(Request(product, 1), ProductUnderTest.WaitMax, CancellationToken.None);

        Assert.IsType<Admission.Granted>(next);
        Assert.Equal(1, product.Board.Count("ran"));
    }

    [Fact]
    public async Task Who_gave_up_the_place_and_still_listens_is_answered()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 1);
        await governor.AcquireAsync(Request(product, 1), TimeSpan.Zero, CancellationToken.None);
        var listens = governor.AcquireAsync(Request(product, 2), TimeSpan.FromSeconds(5), CancellationToken.None);
        await product.ArmedForAsync(product.Now.AddSeconds(5));

        await governor.ReleaseAsync(Run(2), "test", CancellationToken.None);
        await product.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.IsType<Admission.Queued>(await listens);
    }

    [Fact]
    public async Task Who_asks_twice_at_the_same_time_gets_the_same_answer()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 1);
        await governor.AcquireAsync(Request(product, 1), TimeSpan.Zero, CancellationToken.None);
        var request = Request(product, 2);
        var first = governor.AcquireAsync(request, TimeSpan.FromSeconds(5), CancellationToken.None);
        var second = governor.AcquireAsync(request, TimeSpan.FromSeconds(9), CancellationToken.None);
        await product.ArmedForAsync(product.Now.AddSeconds(5));
        await product.ArmedForAsync(product.Now.AddSeconds(9));

        await product.AdvanceAsync(TimeSpan.FromSeconds(5));
        var early = await first;
        await governor.ReleaseAsync(Run(1), "test", CancellationToken.None);

        Assert.IsType<Admission.Queued>(early);
        Assert.IsType<Admission.Granted>(await second);
    }

    [Fact]
    public async Task A_process_that_was_replaced_neither_takes_nor_gives_back_the_slot_of_its_successor()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        var older = Request(product, 1) with { Process = "older", Position = 4 };
        var newer = older with { Process = "newer", Position = 5 };
        await governor.AcquireAsync(older, TimeSpan.Zero, CancellationToken.None);
        var lease = Lease(await governor.AcquireAsync(newer, TimeSpan.Zero, CancellationToken.None));

        var refused = Assert.IsType<Admission.Refused>(await governor.AcquireAsync(older, TimeSpan.Zero, CancellationToken.None));
        await governor.ReleaseAsync(Run(1), "older", CancellationToken.None);

        Assert.Equal(Admission.Refused.Superseded, refused.Reason);
        Assert.Equal(lease, Assert.Single((await governor.GetAsync(CancellationToken.None)).Leases));
        await governor.ReleaseAsync(Run(1), "newer", CancellationToken.None);
        Assert.Empty((await governor.GetAsync(CancellationToken.None)).Leases);
    }

    [Fact]
    public async Task What_processes_had_that_are_gone_is_free_and_what_the_living_have_is_not()
    {
        await using var product = await StartAsync();
        var governor = Governor(product);
        await ConfigureAsync(product, 3);
        await governor.AcquireAsync(Request(product, 1) with { Process = "gone" }, TimeSpan.Zero, CancellationToken.None);
        var kept = Lease(await governor.AcquireAsync(Request(product, 2), TimeSpan.Zero, CancellationToken.None));
        var young = Lease(await governor.AcquireAsync(Request(product, 3) with { Process = "young" }, TimeSpan.Zero, CancellationToken.None));
        await governor.AcquireAsync(Request(product, 4) with { Process = "gone" }, TimeSpan.Zero, CancellationToken.None);

        await governor.EndLeasesOfOthersAsync(["test"], kept.Token, CancellationToken.None);

        var snapshot = await governor.GetAsync(CancellationToken.None);
        Assert.Equal([kept, young], snapshot.Leases);
        Assert.Equal(0, snapshot.Waiting);
    }

    [Fact]
    public async Task A_run_whose_schedule_had_to_be_loaded_again_while_it_waited_holds_one_slot_while_it_runs()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await TriggerTests.DefineAsync(
            product, new IntervalTrigger(TimeSpan.FromSeconds(25)), change: definition => definition with { Jitter = TimeSpan.FromMinutes(10) });

        // What the schedule tells is stored by then: the append that fails below is the one of the pause.
        await product.Board.MarkedAsync("log:ClockTold:1");
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(25));
        await product.AdvanceAsync(created.CreatedAt.AddSeconds(25) - product.Now);
        await product.Board.MarkedAsync("log:RunQueued");
        DateTimeOffset notBefore = (await ScheduleTests.DetailAsync(product)).OpenRuns[0].NotBefore!.Value;

        product.FailNextAppend("schedule", "owner/s");
        await Assert.ThrowsAsync<SchedulerException>(() => product.Schedule("s").PauseAsync("me", "because", CancellationToken.None));
        await ScheduleTests.DetailAsync(product);
        await product.Board.MarkedAsync("log:RunQueued", 2);
        await product.ArmedForAsync(notBefore);
        await product.AdvanceAsync(notBefore - product.Now);
        await product.Board.MarkedAsync("ran");
        await product.AdvanceAsync(TimeSpan.FromSeconds(40));
        var snapshot = await Governor(product).GetAsync(CancellationToken.None);
        product.Board.Mark("open");
        await ScheduleTests.EndedAsync(product, created, 1);

        Assert.Equal(created.Schedule, Assert.Single(snapshot.Leases).Run.Schedule);
        Assert.Equal((1, 1), ((int)snapshot.Granted, product.Board.Count("ran")));
    }

    [Fact]
    public async Task Caps_that_make_no_sense_are_refused()
    {
        await using var product = await StartAsync();

        var fault = await Assert.ThrowsAsync<SchedulerException>(() => ConfigureAsync(product, 0));

        Assert.Equal((ErrorCodes.RequestInvalid, "cap"), (fault.Code, fault.Details["field"]));
        Assert.Equal(2, (await Governor(product).GetAsync(CancellationToken.None)).Settings.Cap);
    }

    private static IGovernor Governor(ProductUnderTest product) => product.Directory.Get<IGovernor>(IGovernor.Key);

    private static Task<GovernorSnapshot> ConfigureAsync(ProductUnderTest product, int cap) =>
        Governor(product).ConfigureAsync(new GovernorSettings(cap, ImmutableSortedDictionary<string, int>.Empty), CancellationToken.None);

    private static RunId Run(int number) => RunId.Of(Other, "0000000a", number);

    private static SlotRequest Request(ProductUnderTest product, int number, int age = 0) =>
        new(Run(number), null, product.Now.AddSeconds(-age), TimeSpan.FromSeconds(10), "test");

    private static Lease Lease(Admission admission) => Assert.IsType<Admission.Granted>(admission).Lease;
}
