using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class WavePlannerTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void Writers_go_before_readers_and_nobody_twice()
    {
        _space.Compute("left", "in", "a");
        _space.Compute("right", "in", "b");
        _space.Effect("end", "a b");
        List<string> waves = [];

        while (_space.Plan().Run is { IsEmpty: false } run)
        {
            waves.Add(Names(run));
            foreach (ActionNode node in run)
            {
                RunAll(node);
            }
        }

        Assert.Equal(["left right", "end"], waves);
    }

    [Fact]
    public void What_is_not_live_is_not_run()
    {
        _space.Compute("dead", "in", "a");
        _space.Compute("live", "in", "b");
        _space.Effect("report", "b");

        Assert.Equal("live", Names(_space.Plan().Run));
    }

    [Fact]
    public void A_demand_makes_live_what_the_address_needs_and_nothing_else()
    {
        _space.Compute("first", "in", "a");
        _space.Compute("second", "a", "b");
        _space.Compute("aside", "a", "c");

        var first = _space.Plan("b");
        RunAll(_space.Node("first"));
        var second = _space.Plan("b");
        RunAll(_space.Node("second"));
        var last = _space.Plan("b");

        Assert.Equal(("first", false), (Names(first.Run), first.DemandMet.Single()));
        Assert.Equal(("second", false), (Names(second.Run), second.DemandMet.Single()));
        Assert.Equal(("", true), (Names(last.Run), last.DemandMet.Single()));
        Assert.True(_space.Node("aside").IsDirty);
    }

    [Fact]
    public void Each_demand_is_met_on_its_own()
    {
        _space.Compute("one", "in", "a");
        _space.Compute("other", "in", "b");
        RunAll(_space.Node("one"));
        var request = new PlanRequest(PureSpace.At("a", "b", "nowhere"), 10, []);

        var plan = _space.Planner.Decide(request, _space.Now);

        Assert.Equal([true, false, true], plan.DemandMet);
    }

    [Fact]
    public void A_demand_is_not_met_while_what_it_needs_is_running()
    {
        var one = _space.Compute("one", "in", "a");

        var plan = _space.Plan("a", one);

        Assert.Empty(plan.Run);
        Assert.False(plan.DemandMet.Single());
    }

    [Fact]
    public void An_action_whose_values_came_back_is_clean_without_a_run()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        _space.Run(_space.Effect("report", "in"), "in");
        _space.Commit(PureSpace.Set("in", "2"));
        _space.Commit(PureSpace.Set("in", "1.0"));

        var decision = _space.Planner.Decide(new PlanRequest([], 10, []), _space.Now);
        _space.Apply(new SpaceEntry.Verified(decision.Clean));

        Assert.Equal([_space.Node("report").Id], decision.Clean);
        Assert.Empty(decision.Run);
        Assert.False(_space.Node("report").IsDirty);
    }

    [Fact]
    public void An_action_is_verified_only_when_nobody_before_it_can_still_change_what_it_reads()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var sum = _space.Compute("sum", "in", "a");
        var report = _space.Effect("report", "a");
        _space.Run(sum, "in", PureSpace.Set("a", "1"));
        _space.Run(report, "a");
        _space.Commit(PureSpace.Set("in", "2"), PureSpace.Set("a", "5"));
        _space.Commit(PureSpace.Set("a", "1"));

        var first = _space.Planner.Decide(new PlanRequest([], 10, []), _space.Now);
        _space.Run(sum, "in", PureSpace.Set("a", "2"));
        var second = _space.Planner.Decide(new PlanRequest([], 10, []), _space.Now);

        Assert.Empty(first.Clean);
        Assert.Equal(("sum", "report"), (Names(first.Run), Names(second.Run)));
    }

    [Fact]
    public void A_forcing_cause_is_not_verified_away()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var report = _space.Effect("report", "in");
        _space.Run(report, "in");
        _space.Apply(new SpaceEntry.Marked(report.Id, "me"));

        Assert.Equal("report", Names(_space.Plan().Run));
    }

    [Fact]
    public void A_value_that_came_back_runs_nobody_who_changed_another_of_its_reads_itself()
    {
        _space.Commit(PureSpace.Set("in", "1"), PureSpace.Set("own", "1"));
        var grower = _space.Effect("grower", "in");
        _space.Run(grower, "in own", PureSpace.Set("own", "2"));
        _space.Commit(PureSpace.Set("in", "2"));
        _space.Commit(PureSpace.Set("in", "1"));

        Assert.Empty(_space.Plan().Run);
        Assert.False(grower.IsDirty);
    }

    [Fact]
    public void Whoever_changed_one_of_its_reads_runs_when_somebody_else_changes_it()
    {
        _space.Commit(PureSpace.Set("in", "1"), PureSpace.Set("own", "1"));
        var grower = _space.Effect("grower", "in");
        _space.Run(grower, "in own", PureSpace.Set("own", "2"));
        _space.Commit(PureSpace.Set("own", "3"));

        Assert.Equal("grower", Names(_space.Plan().Run));
    }

    [Fact]
    public void A_running_action_is_not_given_out_again_and_holds_its_readers()
    {
        var sum = _space.Compute("sum", "in", "a");
        _space.Compute("next", "a", "b");
        _space.Effect("report", "b");
        _space.Effect("other", "in");

        var plan = _space.Plan("", sum);

        Assert.Equal("other", Names(plan.Run));
    }

    [Fact]
    public void Whoever_waits_for_its_repetition_holds_nobody()
    {
        var writer = _space.Effect("writer", "in", "a");
        _space.Effect("report", "a");
        _space.Fail(writer);

        var plan = _space.Plan();

        Assert.Equal("report", Names(plan.Run));
        Assert.Equal(_space.Now + TimeSpan.FromSeconds(1), plan.NextEligible);
    }

    [Fact]
    public void Whoever_waits_for_its_repetition_with_a_changed_value_holds_its_readers()
    {
        _space.Commit(PureSpace.Set("in", "1"));
        var writer = _space.Effect("writer", "in", "a");
        _space.Effect("report", "a");
        _space.Fail(writer, "in");
        _space.Commit(PureSpace.Set("in", "2"));

        var waiting = _space.Plan();
        _space.Now += TimeSpan.FromSeconds(1);

        Assert.Empty(waiting.Run);
        Assert.Equal("writer", Names(_space.Plan().Run));
    }

    [Fact]
    public void A_repetition_that_waits_does_not_keep_a_demand_from_being_met()
    {
        var writer = _space.Effect("writer", "in", "a");
        _space.Fail(writer);

        Assert.True(_space.Plan("a").DemandMet.Single());
    }

    [Fact]
    public void The_earliest_of_those_that_wait_is_named()
    {
        _space.Fail(_space.Effect("early", ""));
        _space.Now += TimeSpan.FromSeconds(0.5);
        _space.Fail(_space.Effect("late", ""));

        Assert.Equal(_space.Now + TimeSpan.FromSeconds(0.5), _space.Plan().NextEligible);
    }

    [Fact]
    public void No_more_runs_are_given_out_than_asked_for()
    {
        foreach (int number in Enumerable.Range(0, 5))
        {
            _space.Effect($"effect {number}", "");
        }

        var two = _space.Planner.Decide(new PlanRequest([], 2, []), _space.Now);
        var none = _space.Planner.Decide(new PlanRequest([], 0, []), _space.Now);

        Assert.Equal((2, 0), (two.Run.Length, none.Run.Length));
    }

    [Fact]
    public void An_action_whose_handler_this_process_does_not_know_is_left_alone()
    {
        var bound = new BoundAction(
            Identity.ActionId.Of("strange", "00000000"),
            PureSpace.Definition("strange", ActionKind.Effect, "", "", "elsewhere"),
            "elsewhere");
        _space.Apply(new SpaceEntry.Registered([bound]));
        _space.Effect("known", "");

        var plan = _space.Plan();

        Assert.Equal("known", Names(plan.Run));
    }

    [Fact]
    public void A_circle_that_does_not_come_to_rest_has_to_pause_longer_each_time()
    {
        Circle();
        List<double> pauses = [];

        while (pauses.Count < 9)
        {
            pauses.Add((PauseCircle().NextEligible!.Value - _space.Now).TotalSeconds);
            _space.Now = _space.Now.AddSeconds(pauses[^1]);
        }

        Assert.Equal([1, 1, 2, 2, 4, 4, 8, 8, 16], pauses);
    }

    [Fact]
    public void A_circle_runs_at_most_20_rounds_before_its_first_pause()
    {
        Circle();

        PauseCircle();

        Assert.InRange(_space.State.Runs, 2, (2 * WavePlanner.RoundsMax) + 2);
    }

    [Fact]
    public void The_rest_goes_on_while_a_circle_pauses()
    {
        Circle();
        PauseCircle();

        _space.Effect("other", "in");

        Assert.Equal("other witness", Names(_space.Plan().Run));
    }

    [Fact]
    public void Whoever_reads_from_a_circle_waits_for_it_until_it_pauses()
    {
        Circle();
        _space.Effect("report", "b");

        var first = _space.Plan();
        var paused = PauseCircle();

        Assert.Equal("back there", Names(first.Run));
        Assert.Equal("report witness", Names(paused.Run));
    }

    [Fact]
    public void A_demand_behind_a_circle_is_met_while_it_pauses()
    {
        Circle();
        var behind = _space.Compute("behind", "b", "c");
        PauseCircle();

        var plan = _space.Plan("c");
        RunAll(behind);

        Assert.Contains(behind, plan.Run);
        Assert.True(_space.Plan("c").DemandMet.Single());
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_nobody_wait_for_longer_than_the_longest_pause()
    {
        var writer = _space.Effect("writer", "in", "a");
        _space.Fail(writer);
        _space.Now -= TimeSpan.FromSeconds(59);
        Assert.Equal("", Names(_space.Plan().Run));

        _space.Now -= TimeSpan.FromSeconds(1);

        Assert.Equal("writer", Names(_space.Plan().Run));
    }

    [Fact]
    public void The_pause_after_a_conflict_keeps_a_demand_waiting()
    {
        var sum = _space.Compute("sum", "in", "a");
        sum.Pass.Conflicts = 1;
        sum.Pass.PausedUntil = _space.Now.AddMilliseconds(5);

        var plan = _space.Plan("a");

        Assert.Equal((false, _space.Now.AddMilliseconds(5)), (plan.DemandMet.Single(), plan.NextEligible));
    }

    [Fact]
    public void A_circle_that_comes_to_rest_lets_those_behind_it_go()
    {
        Circle();
        PauseCircle();
        while (_space.Node("there").IsDirty || _space.Node("back").IsDirty)
        {
            _space.Run(_space.Node("there"), "a", PureSpace.Set("b", "\"rest\""));
            _space.Run(_space.Node("back"), "b", PureSpace.Set("a", "\"rest\""));
        }

        var plan = _space.Plan();

        Assert.Equal("witness", Names(plan.Run));
    }

    private static string Names(IEnumerable<ActionNode> nodes) => string.Join(' ', nodes.Select(node => node.Id.Name));

    private void RunAll(ActionNode node) => _space.Run(
        node,
        string.Join(' ', node.Definition.Inputs),
        [.. node.Definition.Outputs.Select(output => PureSpace.Set(output.ToString(), $"{_space.State.Runs}"))]);

    private void Circle()
    {
        _space.Compute("there", "a", "b");
        _space.Compute("back", "b", "a");
        _space.Run(_space.Effect("witness", ""), "b");
    }

    // Runs the members of the circle until none of them may.
    private WaveDecision PauseCircle()
    {
        while (true)
        {
            var plan = _space.Plan();
            var members = plan.Run.Where(node => node.Id.Name is "there" or "back").ToArray();
            if (members.Length == 0)
            {
                return plan;
            }

            Array.ForEach(members, RunAll);
        }
    }
}
