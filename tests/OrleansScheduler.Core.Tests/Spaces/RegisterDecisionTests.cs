using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using Xunit;

namespace OrleansScheduler.Core.Tests.Spaces;

public sealed class RegisterDecisionTests
{
    private readonly PureSpace _space = new();

    [Fact]
    public void A_new_action_is_created_and_owes_its_first_run()
    {
        var decision = _space.Register(Definition());

        Assert.Equal(Registration.Created, decision.Answer.Single().Outcome);
        ActionNode node = _space.Node("sum");
        Assert.Equal(decision.Answer[0].Action, node.Id);
        Assert.Equal([new FirstCause(1)], node.Causes.Forcing);
        Assert.Equal((1, 0), (node.Revision, node.LastRun));
    }

    [Fact]
    public void The_same_definition_is_restored_without_an_entry()
    {
        _space.Register(Definition() with { Payload = JsonValue.Parse("""{"a": 1, "b": 2}""") });

        var decision = _space.Register(Definition() with { Payload = JsonValue.Parse("""{"b": 2.0, "a": 1}""") });

        Assert.Equal(Registration.Restored, decision.Answer.Single().Outcome);
        Assert.Null(decision.Entry);
    }

    [Fact]
    public void Another_payload_kind_or_limit_changes_the_action_and_makes_it_run_again()
    {
        _space.Register(Definition());
        _space.Run(_space.Node("sum"), "");

        var payload = _space.Register(Definition() with { Payload = JsonNull.Instance });
        var limit = _space.Register(Definition() with { Payload = JsonNull.Instance, TimeLimit = TimeSpan.FromSeconds(2) });
        var kind = _space.Register(Definition() with { Payload = JsonNull.Instance, TimeLimit = TimeSpan.FromSeconds(2), Kind = ActionKind.Effect });

        Assert.All([payload, limit, kind], decision => Assert.Equal(Registration.Changed, decision.Answer.Single().Outcome));
        Assert.Equal(4, _space.Node("sum").Revision);
        var cause = Assert.IsType<FingerprintCause>(_space.Node("sum").Causes.Forcing.Single());
        Assert.Equal(_space.Node("sum").Observation!.Implementation, cause.From);
        Assert.Equal(_space.Node("sum").Implementation, cause.To);
    }

    [Fact]
    public void Another_version_of_the_handler_changes_the_action()
    {
        _space.Register(Definition());
        _space.Handlers.Add("work", () => new Nothing(), "2");

        var decision = _space.Register(Definition());

        Assert.Equal(Registration.Changed, decision.Answer.Single().Outcome);
    }

    [Fact]
    public void An_action_that_never_ran_stays_at_its_first_run_when_it_is_changed()
    {
        _space.Register(Definition());

        _space.Register(Definition() with { Payload = JsonNull.Instance });

        Assert.IsType<FirstCause>(_space.Node("sum").Causes.Forcing.Single());
    }

    [Fact]
    public void Other_inputs_or_outputs_make_another_action_of_the_same_name()
    {
        _space.Register(Definition());

        var inputs = _space.Register(Definition() with { Inputs = PureSpace.At("in/b") });
        var outputs = _space.Register(Definition() with { Outputs = PureSpace.At("out/b") });

        Assert.All([inputs, outputs], decision => Assert.Equal(Registration.Created, decision.Answer.Single().Outcome));
        Assert.Equal(3, _space.State.Actions.Named("sum").Count);
        Assert.Equal(ErrorCodes.Ambiguous, Assert.Throws<SchedulerException>(() => _space.Node("sum")).Code);
    }

    [Fact]
    public void An_effect_that_was_a_computation_is_live_at_once()
    {
        _space.Register(Definition());
        bool before = _space.Liveness.Live.Contains(_space.Node("sum"));

        _space.Register(Definition() with { Kind = ActionKind.Effect });
        bool between = _space.Liveness.Live.Contains(_space.Node("sum"));
        _space.Register(Definition());

        Assert.Equal((false, true, false), (before, between, _space.Liveness.Live.Contains(_space.Node("sum"))));
    }

    [Fact]
    public void One_refused_definition_refuses_all()
    {
        Refused(ErrorCodes.UnknownHandler, Definition("fine"), Definition("bad") with { Handler = "nobody" });

        Assert.Equal(0, _space.State.Actions.Count);
    }

    [Fact]
    public void A_handler_that_nobody_registered_is_refused_by_name()
    {
        var refusal = Refused(ErrorCodes.UnknownHandler, Definition("fine"), Definition("bad") with { Handler = "nobody" });

        Assert.Equal(("nobody", "[1].handler"), (refusal.Details["handler"], refusal.Details["field"]));
    }

    [Theory]
    [InlineData("doc", "doc")]
    [InlineData("doc/a", "doc")]
    [InlineData("doc", "doc/a[0]")]
    [InlineData("", "doc")]
    public void An_action_may_not_declare_to_read_what_it_writes(string input, string output)
    {
        var refusal = Refused(ErrorCodes.SelfDependent, Definition() with { Inputs = PureSpace.At("x", input), Outputs = PureSpace.At(output) });

        Assert.Equal((input, output), (refusal.Details["input"], refusal.Details["output"]));
    }

    [Fact]
    public void Siblings_are_no_self_dependence()
    {
        var decision = _space.Register(Definition() with { Inputs = PureSpace.At("doc/a", "doc/list[1]"), Outputs = PureSpace.At("doc/ab", "doc/list[0]") });

        Assert.Equal(Registration.Created, decision.Answer.Single().Outcome);
    }

    [Fact]
    public void Two_definitions_of_one_action_are_refused()
    {
        var refusal = Refused(ErrorCodes.RequestInvalid, Definition(), Definition() with { Payload = JsonNull.Instance });

        Assert.Equal("[1].name", refusal.Details["field"]);
    }

    [Fact]
    public void Two_definitions_of_one_action_are_refused_when_one_is_registered_already()
    {
        _space.Register(Definition());

        Refused(ErrorCodes.RequestInvalid, Definition(), Definition() with { Payload = JsonNull.Instance });
        Refused(ErrorCodes.RequestInvalid, Definition() with { Payload = JsonNull.Instance }, Definition());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a~b")]
    [InlineData("a\nb")]
    [InlineData(null)]
    public void A_name_that_could_not_be_part_of_an_id_is_refused(string? name)
    {
        Assert.Equal("[0].name", Refused(ErrorCodes.RequestInvalid, Definition(name!)).Details["field"]);
    }

    [Fact]
    public void Definitions_that_make_no_sense_are_refused_by_field()
    {
        var many = PureSpace.At([.. Enumerable.Range(0, 101).Select(number => $"in/{number}")]);

        Assert.Equal("[0].name", Field(Definition(new string('n', 101))));
        Assert.Equal("[0].name", Field(null!));
        Assert.Equal("[0].inputs", Field(Definition() with { Inputs = many }));
        Assert.Equal("[0].inputs", Field(Definition() with { Inputs = default }));
        Assert.Equal("[0].inputs", Field(Definition() with { Outputs = default }));
        Assert.Equal("[0].outputs", Field(Definition() with { Outputs = PureSpace.At("") }));
        Assert.Equal("[0].time_limit", Field(Definition() with { TimeLimit = TimeSpan.Zero }));
        Assert.Equal("[0].time_limit", Field(Definition() with { TimeLimit = TimeSpan.FromMinutes(21) }));
        Assert.Equal("[0].actions", Refused(ErrorCodes.RequestInvalid).Details["field"]);
    }

    [Fact]
    public void More_actions_than_a_space_holds_are_refused()
    {
        var definitions = Enumerable.Range(0, RegisterDecision.ActionsMax + 1).Select(number => Definition($"a{number}")).ToArray();

        Refused(ErrorCodes.TooManyActions, definitions);
    }

    [Fact]
    public void An_unregistered_action_begins_anew()
    {
        _space.Register(Definition());
        _space.Run(_space.Node("sum"), "in", PureSpace.Set("out", "1"));
        _space.Apply(new SpaceEntry.Unregistered(_space.Node("sum").Id));

        var decision = _space.Register(Definition());

        Assert.Equal(Registration.Created, decision.Answer.Single().Outcome);
        Assert.Null(_space.Node("sum").Observation);
        Assert.Equal(JsonValue.Parse("1"), _space.Value("out"));
    }

    private static ActionDefinition Definition(string name = "sum") => new(name, "work", ActionKind.Computation, PureSpace.At("in"), PureSpace.At("out"));

    private string Field(ActionDefinition definition) => Refused(ErrorCodes.RequestInvalid, definition).Details["field"];

    private SchedulerException Refused(string code, params ActionDefinition[] definitions)
    {
        var refusal = Assert.ThrowsAny<SchedulerException>(() => _space.Register(definitions));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private sealed class Nothing : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }
}
