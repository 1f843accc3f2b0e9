using OrleansScheduler.Actions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Core.Tests.Schedules;

public sealed class ScheduleFoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleId Id = ScheduleId.Of("owner", "nightly");

    private readonly ScheduleFold _fold = new(Id);

    [Fact]
    public void A_schedule_that_was_never_created_does_not_exist()
    {
        Assert.Equal(ErrorCodes.NotFound, Assert.Throws<SchedulerException>(() => _fold.Existing).Code);
        Assert.Null(_fold.Settle(Start));
    }

    [Fact]
    public void A_start_is_heeded_once_and_an_older_one_never_after_it()
    {
        _fold.Apply(new ScheduleEntry.Created(
            new ScheduleDefinition(new StartTrigger(), new HandlerTarget("report", SpaceId.Of("owner", "space"))), "0000000a", Start));
        var first = new DeploymentStart("first", Start.AddSeconds(10), 1);

        // The clocks of two machines differ, so the number decides and not the instant.
        var second = new DeploymentStart("second", Start.AddSeconds(9), 2);

        Assert.Single(Attend(first)!.Started);
        Assert.Empty(Attend(second)!.Started);
        Assert.Equal(1, _fold.Existing.Counters.SkippedOverlap);
        Assert.Null(Attend(first));
        Assert.Null(Attend(second));
        Assert.Equal("second", _fold.Attention.SinceStart);

        ScheduleEntry.Settled? Attend(DeploymentStart start)
        {
            ScheduleEntry.Settled? settled = _fold.Attend(0, start, Start.AddSeconds(20));
            if (settled is not null)
            {
                _fold.Apply(settled);
            }

            return settled;
        }
    }

    [Fact]
    public void A_new_schedule_wants_attention_at_its_first_instant()
    {
        Create(period: 60);

        Assert.Equal(new Attention(1, Start.AddSeconds(60)), _fold.Attention);
        Assert.True(_fold.IsAnnouncementOwed);
        Assert.Equal(Start.AddSeconds(60), _fold.Detail().NextInstant);
    }

    [Fact]
    public void An_instant_that_is_due_becomes_a_run_of_its_own_id()
    {
        Create(period: 60);

        Attend(60);

        ScheduleRun run = _fold.OpenRun()!;
        Assert.Equal(RunId.Of(Id, "0000000a", 1), run.Run);
        Assert.Equal((OccurrenceOrigin.Nominal, Start.AddSeconds(60), RunStatus.Queued), (run.Origin, run.Instant, run.Status));
        Assert.Equal(new ScheduleCounters(1, 1, 0, 0, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void An_instant_that_is_late_within_the_tolerance_still_runs_under_its_own_instant()
    {
        Create(period: 60);

        Attend(100);

        Assert.Equal((Start.AddSeconds(60), Start.AddSeconds(100)), (_fold.OpenRun()!.Instant, _fold.OpenRun()!.QueuedAt));
        Assert.Equal(Start.AddSeconds(120), _fold.Detail().NextInstant);
    }

    [Fact]
    public void Instants_past_the_tolerance_are_skipped_as_missed_and_the_first_timely_one_runs()
    {
        Create(period: 60);

        Attend(601);

        Assert.Equal(Start.AddSeconds(600), _fold.OpenRun()!.Instant);
        Assert.Equal(new ScheduleCounters(10, 1, 0, 0, 9), _fold.Detail().Counters);
    }

    [Fact]
    public void The_tolerance_itself_is_still_in_time()
    {
        Create(period: 3_600, tolerance: 10);
        var late = new ScheduleFold(Id);
        Create(period: 3_600, tolerance: 10, fold: late);

        Attend(3_610 - 0.0001);
        Attend(3_610, late);

        Assert.Equal((1, 0), (_fold.Detail().Counters.Open, _fold.Detail().Counters.SkippedMissed));
        Assert.Equal((0, 1), (late.Detail().Counters.Open, late.Detail().Counters.SkippedMissed));
    }

    [Fact]
    public void Of_several_timely_instants_the_first_runs_and_the_others_overlap_it()
    {
        Create(period: 10);

        Attend(35);

        Assert.Equal(Start.AddSeconds(10), _fold.OpenRun()!.Instant);
        Assert.Equal(new ScheduleCounters(3, 1, 0, 2, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void An_instant_that_comes_while_a_run_is_open_is_skipped()
    {
        Create(period: 60);
        Attend(60);

        Attend(120);
        End(_fold.OpenRun()!, 130);
        Attend(180);

        Assert.Equal(Start.AddSeconds(180), _fold.OpenRun()!.Instant);
        Assert.Equal(new ScheduleCounters(3, 1, 1, 1, 0), _fold.Detail().Counters);
        Assert.Equal(2, _fold.OpenRun()!.Run.Number);
    }

    [Fact]
    public void A_run_that_was_asked_for_is_due_like_any_other_and_known_by_its_request()
    {
        Create(period: 60);

        _fold.Apply(new ScheduleEntry.Requested("r1", "me", Start.AddSeconds(5)));

        ScheduleRun run = _fold.OpenRun()!;
        Assert.Equal((OccurrenceOrigin.Manual, "me", Start.AddSeconds(5)), (run.Origin, run.RequestedBy, run.Instant));
        Assert.Equal(run.Run, _fold.Existing.Requests["r1"]);
        Assert.Equal(new ScheduleCounters(1, 1, 0, 0, 0), _fold.Detail().Counters);
        Assert.Equal(Start.AddSeconds(60), _fold.Detail().NextInstant);
    }

    [Fact]
    public void The_last_50_ended_runs_are_kept_newest_first_with_their_requests()
    {
        Create(period: 60);

        for (int number = 1; number <= 53; number++)
        {
            _fold.Apply(new ScheduleEntry.Requested($"r{number}", "me", Start));
            End(_fold.OpenRun()!, 0);
        }

        Assert.Equal(Enumerable.Range(4, 50).Reverse().Select(number => (long)number), _fold.Existing.Runs().Select(run => run.Run.Number));
        Assert.Equal(50, _fold.Existing.Requests.Count);
        Assert.False(_fold.Existing.Requests.ContainsKey("r3"));
        Assert.Equal(new ScheduleCounters(53, 0, 53, 0, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void The_end_of_a_run_is_noted_once()
    {
        Create(period: 60);
        Attend(60);
        ScheduleRun run = _fold.OpenRun()!;
        End(run, 70);

        End(run, 80, RunStatus.HostLost);

        Assert.Equal((RunStatus.Completed, Start.AddSeconds(70)), (_fold.Existing.Runs()[0].Status, _fold.Existing.Runs()[0].EndedAt));
        Assert.Equal(new ScheduleCounters(1, 0, 1, 0, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void While_it_is_paused_nothing_is_due_and_resuming_starts_from_then()
    {
        Create(period: 60);
        _fold.Apply(new ScheduleEntry.Paused("me", "holiday", Start.AddSeconds(30)));

        var meanwhile = _fold.Settle(Start.AddSeconds(200));
        ScheduleDetail paused = _fold.Detail();
        _fold.Apply(new ScheduleEntry.Resumed("you", Start.AddSeconds(250)));

        Assert.Null(meanwhile);
        Assert.Equal((ScheduleState.Paused, "me", "holiday", null), (paused.State, paused.ChangedBy, paused.Reason, paused.NextInstant));
        Assert.Equal((ScheduleState.Active, "you", null, Start.AddSeconds(300)), StateOf(_fold.Detail()));
        Assert.Equal(new ScheduleCounters(0, 0, 0, 0, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void A_run_can_complete_the_schedule_which_stays_and_is_due_no_more()
    {
        Create(period: 60);
        Attend(60);

        _fold.Apply(new ScheduleEntry.Ended(_fold.OpenRun()!.Run, RunStatus.Completed, Start.AddSeconds(61), 5, 1, null, true));

        Assert.Equal(ScheduleState.Completed, _fold.Detail().State);
        Assert.Null(_fold.Detail().NextInstant);
        Assert.Null(_fold.Settle(Start.AddDays(1)));
        Assert.Equal(5, _fold.Existing.Runs()[0].Commit);
    }

    [Fact]
    public void Deleting_and_creating_again_begins_another_life_with_greater_attention_numbers()
    {
        Create(period: 60);
        Attend(60);
        long before = _fold.AttentionNumber;

        _fold.Apply(new ScheduleEntry.Deleted("me", Start.AddSeconds(61)));
        Attention gone = _fold.Attention;
        Create(period: 30, at: 70, incarnation: "0000000b");

        Assert.Equal((null, true), (gone.Due, gone.Number > before));
        Assert.Equal(Start.AddSeconds(100), _fold.Attention.Due);
        Assert.True(_fold.Attention.Number > gone.Number);
        Assert.Empty(_fold.Existing.Runs());
    }

    [Fact]
    public void The_end_of_a_run_of_an_earlier_life_changes_nothing()
    {
        Create(period: 60);
        Attend(60);
        ScheduleRun run = _fold.OpenRun()!;
        _fold.Apply(new ScheduleEntry.Deleted("me", Start.AddSeconds(61)));
        Create(period: 60, at: 61, incarnation: "0000000b");

        End(run, 62);

        Assert.Equal(new ScheduleCounters(0, 0, 0, 0, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void While_a_run_is_open_attention_is_wanted_again_30_seconds_later_each_time()
    {
        Create(period: 3_600);
        _fold.Apply(new ScheduleEntry.Requested("r1", "me", Start));
        var first = _fold.Attention;

        Attend(30);
        var second = _fold.Attention;
        Attend(60);

        Assert.Equal(Start.AddSeconds(30), first.Due);
        Assert.Equal(Start.AddSeconds(60), second.Due);
        Assert.Equal(Start.AddSeconds(90), _fold.Attention.Due);
    }

    [Fact]
    public void Every_call_of_the_clock_under_the_newest_number_gets_a_greater_number()
    {
        Create(period: 60);
        _fold.Apply(new ScheduleEntry.Paused("me", "because", Start));
        long number = _fold.AttentionNumber;

        var settled = _fold.Attend(number, null, Start.AddSeconds(60));
        _fold.Apply(settled!);

        Assert.Equal(new Attention(number + 1, null), _fold.Attention);
        Assert.Null(_fold.Attend(number, null, Start.AddSeconds(61)));
    }

    [Fact]
    public void What_the_clock_is_answered_need_not_be_announced()
    {
        Create(period: 60);
        _fold.Apply(_fold.AllHeard());

        Attend(60);

        Assert.False(_fold.IsAnnouncementOwed);
    }

    [Fact]
    public void What_is_earlier_than_the_clock_knows_has_to_be_announced()
    {
        Create(period: 3_600);
        _fold.Apply(_fold.AllHeard());

        _fold.Apply(new ScheduleEntry.Requested("r1", "me", Start));

        Assert.True(_fold.IsAnnouncementOwed);
        Assert.Equal(Start.AddSeconds(30), _fold.Attention.Due);
    }

    [Fact]
    public void A_clock_that_goes_backwards_never_makes_an_instant_due_twice()
    {
        Create(period: 10);
        Attend(25);
        End(_fold.OpenRun()!, 26);

        Attend(15);
        Attend(25);

        Assert.Equal(new ScheduleCounters(2, 0, 1, 1, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void Resuming_by_a_clock_that_went_backwards_makes_no_instant_due_twice()
    {
        Create(period: 10);
        Attend(25);
        End(_fold.OpenRun()!, 26);
        _fold.Apply(new ScheduleEntry.Paused("me", "because", Start.AddSeconds(26)));

        _fold.Apply(new ScheduleEntry.Resumed("me", Start.AddSeconds(5)));
        Attend(25);

        Assert.Equal(new ScheduleCounters(2, 0, 1, 1, 0), _fold.Detail().Counters);
    }

    [Fact]
    public void What_this_machine_cannot_read_keeps_its_instants_for_one_that_can()
    {
        var definition = new ScheduleDefinition(new CronTrigger("* * * * *", "Nowhere/Here"), new HandlerTarget("work"));
        _fold.Apply(new ScheduleEntry.Created(definition, "0000000a", Start));

        var fault = Assert.Throws<SchedulerException>(() => _fold.Attend(_fold.AttentionNumber, null, Start.AddHours(1)));

        Assert.Equal(ErrorCodes.ZoneUnknown, fault.Code);
        Assert.Equal(Start, _fold.Existing.SettledUpTo);
        Assert.StartsWith("Not due on this machine: ", _fold.Detail().Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_text_can_be_stored()
    {
        var codec = new OrleansScheduler.Core.Storage.JsonEntryCodec<ScheduleEntry>();
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();

        codec.Write(new ScheduleEntry.Ended(RunId.Of(Id, "0000000a", 1), RunStatus.Failed, Start, null, 0, new RunError("x", "half \ud83d"), false, "\ude00"), bytes);

        Assert.NotNull(codec.Read(bytes.WrittenMemory, codec.Format));
    }

    private static (ScheduleState, string?, string?, DateTimeOffset?) StateOf(ScheduleDetail detail) =>
        (detail.State, detail.ChangedBy, detail.Reason, detail.NextInstant);

    private void Create(int period, int? tolerance = null, double at = 0, string incarnation = "0000000a", ScheduleFold? fold = null) =>
        (fold ?? _fold).Apply(new ScheduleEntry.Created(
            new ScheduleDefinition(
                new IntervalTrigger(TimeSpan.FromSeconds(period)),
                new HandlerTarget("work"),
                Tolerance: tolerance is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            incarnation,
            Start.AddSeconds(at)));

    private void Attend(double seconds, ScheduleFold? fold = null)
    {
        fold ??= _fold;
        if (fold.Attend(fold.AttentionNumber, null, Start.AddSeconds(seconds)) is { } settled)
        {
            fold.Apply(settled);
        }
    }

    private void End(ScheduleRun run, double seconds, RunStatus status = RunStatus.Completed) =>
        _fold.Apply(new ScheduleEntry.Ended(run.Run, status, Start.AddSeconds(seconds), null, 0, null, false));
}
