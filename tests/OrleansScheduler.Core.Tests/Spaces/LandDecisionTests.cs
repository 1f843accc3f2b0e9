using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class LandDecisionTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void A_kept_run_leaves_its_changes_and_its_observation()
    {
        _space.Commit(PureSpace.Set("in", """{"a": 1}"""));
        var sum = _space.Compute("sum", "in", "out");

        var landing = _space.Run(sum, "in/a in/b", PureSpace.Set("out/x", "1"), PureSpace.Set("extra", "2"), PureSpace.Remove("absent"));

        Assert.Equal(Landing.Kept, landing);
        Assert.False(sum.IsDirty);
        Observation observation = sum.Observation!;
        Assert.Equal((1, 1, 2), (observation.Run, observation.Sequence, observation.Commit));
        Assert.Equal(PureSpace.At("in/a", "in/b"), observation.Reads.Select(read => read.Address));
        Assert.Equal(PureSpace.At("out/x", "extra"), observation.Changed);
        Assert.Equal(PureSpace.At("out", "extra", "absent"), observation.Known);
        Assert.Equal(1, _space.State.Runs);
    }

    [Fact]
    public void A_repeated_result_changes_nothing()
    {
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in", PureSpace.Set("out", "1"));
        _space.Land(result);

        var again = LandDecision.Decide(_space.State, result, _space.Now);

        Assert.Equal(new LandDecision(Landing.Kept, null), again);
    }

    [Fact]
    public void Another_run_under_the_same_number_is_dropped()
    {
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in", PureSpace.Set("out", "1"));
        _space.Land(result);

        Assert.Equal(Landing.Dropped, _space.Land(result with { StartedAt = result.StartedAt + TimeSpan.FromTicks(1) }));
        Assert.Equal(Landing.Dropped, _space.Land(result with { Run = 3 }));
    }

    [Fact]
    public void A_result_for_an_older_definition_is_dropped()
    {
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in", PureSpace.Set("out", "1"));
        _space.Register(sum.Definition with { Payload = JsonNull.Instance });

        Assert.Equal(Landing.Dropped, _space.Land(result));
        Assert.Null(_space.Value("out"));
    }

    [Fact]
    public void A_result_of_an_unregistered_action_is_dropped()
    {
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in", PureSpace.Set("out", "1"));
        _space.Apply(new SpaceEntry.Unregistered(sum.Id));

        Assert.Equal(Landing.Dropped, _space.Land(result));
    }

    [Fact]
    public void A_result_of_an_earlier_life_of_the_action_is_dropped()
    {
        var sum = _space.Compute("sum", "in", "out");
        var first = _space.Begin(sum, "in", PureSpace.Set("out", "1"));
        _space.Land(first);
        var second = _space.Begin(sum, "in", PureSpace.Set("out", "2"));
        _space.Apply(new SpaceEntry.Unregistered(sum.Id));
        var again = _space.Compute("sum", "in", "out");

        var late = _space.Land(first);
        _space.Run(again, "in");
        var later = _space.Land(second);

        Assert.Equal((Landing.Dropped, Landing.Dropped), (late, later));
        Assert.Equal(1, again.LastRun);
    }

    [Fact]
    public void A_computation_whose_reads_changed_meanwhile_has_to_run_again()
    {
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in/a", PureSpace.Set("out", "1"));

        _space.Commit(PureSpace.Set("in", """{"a": 1}"""));

        Assert.Equal(Landing.Conflict, _space.Land(result));
        Assert.True(sum.IsDirty);
        Assert.Null(_space.Value("out"));
    }

    [Fact]
    public void A_computation_whose_reads_changed_and_came_back_is_kept()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var sum = _space.Compute("sum", "in", "out");
        var result = _space.Begin(sum, "in", PureSpace.Set("out", "1"));

        _space.Commit(PureSpace.Set("in", "2"));
        _space.Commit(PureSpace.Set("in", "1.0"));

        Assert.Equal(Landing.Kept, _space.Land(result));
    }

    [Fact]
    public void An_effect_whose_reads_changed_meanwhile_is_kept_and_owes_another_run()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var report = _space.Effect("report", "in");
        var result = _space.Begin(report, "in", PureSpace.Set("log", "1"));
        var commit = _space.Commit(PureSpace.Set("in", "2"));

        var landing = _space.Land(result);

        Assert.Equal(Landing.Kept, landing);
        Assert.Equal(JsonValue.Parse("1"), _space.Value("log"));
        var (key, mark) = report.Causes.Reads.Single();
        Assert.Equal(("in", commit.Sequence), (key.Address.ToString(), mark.Commit));
        Assert.Empty(report.Causes.Forcing);
    }

    [Fact]
    public void A_run_settles_the_causes_up_to_its_start_and_leaves_the_later_ones()
    {
        _space.Commit(PureSpace.Set("in", """{"a": 1, "b": 1}"""));
        var report = _space.Effect("report", "in");
        _space.Run(report, "in/a in/b");
        _space.Commit(PureSpace.Set("in/a", "2"));
        _space.Apply(new SpaceEntry.Marked(report.Id, "early"));
        var result = _space.Begin(report, "in/a in/b");
        _space.Apply(new SpaceEntry.Marked(report.Id, "late"));
        _space.Commit(PureSpace.Set("in/b", "2"));

        _space.Land(result);

        Assert.Equal(["late"], report.Causes.Forcing.Cast<ManualCause>().Select(cause => cause.Who));
        Assert.Equal(["in/b"], report.Causes.Reads.Keys.Select(key => key.Address.ToString()));
        Assert.Equal(2, report.Runs[^1].CausesTotal);
    }

    [Theory]
    [InlineData(ActionKind.Computation)]
    [InlineData(ActionKind.Effect)]
    public void A_run_says_what_made_it_run_also_when_that_changed_again_and_came_back_meanwhile(ActionKind kind)
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var node = kind == ActionKind.Effect ? _space.Effect("node", "in") : _space.Compute("node", "in", "out");
        _space.Run(node, "in");
        _space.Commit(PureSpace.Set("in", "2"));
        var result = _space.Begin(node, "in");
        _space.Commit(PureSpace.Set("in", "3"));
        _space.Commit(PureSpace.Set("in", "2"));

        _space.Land(result);

        var cause = Assert.IsType<ReadCause>(node.Runs[^1].Causes.Single());
        Assert.Equal((2, 1, 2), (cause.Commit, cause.From!.Sequence, cause.To!.Sequence));
        Assert.Empty(_space.Plan("out").Run);
        Assert.False(node.IsDirty);
    }

    [Fact]
    public void A_runs_own_changes_never_mark_it()
    {
        _space.Commit(PureSpace.Set("doc", """{"count": 1}"""));
        var counter = _space.Effect("counter", "");
        _space.Run(counter, "doc");

        _space.Run(counter, "doc", PureSpace.Set("doc/count", "2"));
        _space.Run(counter, "doc", PureSpace.Set("doc/count", "3"));

        Assert.False(counter.IsDirty);
    }

    [Fact]
    public void Whoever_else_reads_what_a_run_changed_gets_a_cause()
    {
        var sum = _space.Compute("sum", "in", "out");
        var report = _space.Effect("report", "out");
        _space.Run(report, "out");

        _space.Run(sum, "in", PureSpace.Set("out", "1"));

        Assert.Equal(["out"], report.Causes.Reads.Keys.Select(key => key.Address.ToString()));
        Assert.Equal(1, report.Causes.Reads.Values.Single().Depth);
    }

    [Fact]
    public void A_run_that_changes_nothing_marks_nobody_and_makes_no_commit()
    {
        _space.Commit(PureSpace.Set("out", "1"));
        var sum = _space.Compute("sum", "in", "out");
        var report = _space.Effect("report", "out");
        _space.Run(report, "out");

        _space.Run(sum, "in", PureSpace.Set("out", "1.0"));

        Assert.False(report.IsDirty);
        Assert.Equal((0, 1), (sum.Observation!.Commit, _space.State.Tree.Sequence));
    }

    [Fact]
    public void Writes_that_do_not_apply_fail_the_run()
    {
        _space.Commit(PureSpace.Set("out", "1"));
        var sum = _space.Compute("sum", "in", "out");

        var landing = _space.Run(sum, "in", PureSpace.Set("other", "1"), PureSpace.Set("out/a", "1"));

        Assert.Equal(Landing.Kept, landing);
        Assert.Equal((RunStatus.Failed, ErrorCodes.PathConflict), (sum.Observation!.Status, sum.Observation.Error!.Code));
        Assert.Null(_space.Value("other"));
        Assert.False(sum.IsDirty);
    }

    [Fact]
    public void A_failed_computation_is_not_tried_again_until_a_value_that_it_read_changes()
    {
        var sum = _space.Compute("sum", "in", "out");

        _space.Fail(sum, "in/a");
        bool after = sum.IsDirty;
        _space.Commit(PureSpace.Set("in/a", "1"));

        Assert.False(after);
        Assert.True(sum.IsDirty);
    }

    [Fact]
    public void A_failed_effect_is_tried_again_after_1_4_and_16_seconds()
    {
        var report = _space.Effect("report", "in");
        List<double?> waits = [];

        for (int attempt = 0; attempt < 4; attempt++)
        {
            _space.Fail(report);
            waits.Add((report.EligibleAt - _space.Now)?.TotalSeconds);
            _space.Now = report.EligibleAt ?? _space.Now;
        }

        Assert.Equal([1, 4, 16, null], waits);
        Assert.False(report.IsDirty);
    }

    [Fact]
    public void A_completed_repetition_begins_the_count_again()
    {
        var report = _space.Effect("report", "in");
        _space.Fail(report);
        _space.Fail(report);
        _space.Run(report, "in");

        _space.Fail(report);

        Assert.Equal(new RetryCause(_space.State.CauseNumber, 1), report.Causes.Forcing.Single());
        Assert.Equal(_space.Now + TimeSpan.FromSeconds(1), report.EligibleAt);
    }

    [Theory]
    [InlineData(ErrorCodes.UnknownHandler)]
    [InlineData(ErrorCodes.HandlerRefused)]
    public void An_effect_whose_handler_cannot_be_called_is_not_tried_again(string code)
    {
        var report = _space.Effect("report", "in");

        _space.Fail(report, "", code);

        Assert.False(report.IsDirty);
    }

    [Fact]
    public void A_failed_run_still_answers_for_what_it_wrote_before()
    {
        var sum = _space.Compute("sum", "in", "out");
        _space.Run(sum, "in", PureSpace.Set("extra", "1"));

        _space.Fail(sum, "in");

        Assert.Equal(PureSpace.At("out", "extra"), sum.Known());
    }

    [Fact]
    public void The_last_16_runs_are_remembered_with_their_causes()
    {
        _space.Commit(PureSpace.Set("in", "0"));
        var sum = _space.Compute("sum", "in", "out");
        for (int number = 1; number <= 20; number++)
        {
            _space.Run(sum, "in");
            _space.Commit(PureSpace.Set("in", $"{number}"));
        }

        Assert.Equal(Enumerable.Range(5, 16).Select(number => (long)number), sum.Runs.Select(run => run.Run));
        var cause = Assert.IsType<ReadCause>(sum.Runs[^1].Causes.Single());
        Assert.Equal(("in", 20), (cause.Address.ToString(), cause.Commit));
        Assert.Equal(19, cause.From!.Sequence);
        Assert.Equal(20, cause.To!.Sequence);
        Assert.Equal(JsonValue.Parse("18").Hash, cause.From.Hash);
        Assert.Equal(JsonValue.Parse("19").Hash, cause.To.Hash);
    }

    [Fact]
    public void A_commit_is_as_deep_as_the_chain_of_runs_behind_it()
    {
        _space.Commit(PureSpace.Set("a", "1"));
        var first = _space.Compute("first", "a", "b");
        var second = _space.Compute("second", "b", "c");
        _space.Run(first, "a", PureSpace.Set("b", "1"));
        _space.Run(second, "b", PureSpace.Set("c", "1"));
        _space.Commit(PureSpace.Set("a", "2"));
        _space.Run(first, "a", PureSpace.Set("b", "2"));

        _space.Run(second, "b", PureSpace.Set("c", "2"));

        Assert.Equal([0, 1, 1, 0, 1, 2], _space.State.History.After(0).Select(record => record.Depth));
    }
}
