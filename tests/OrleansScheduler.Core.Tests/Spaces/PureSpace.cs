using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>A space without its actor: decisions and folding, and a clock that the test sets.</summary>
internal sealed class PureSpace
{
    private readonly Dictionary<string, long> _sessions = [];

    public PureSpace()
    {
        Handlers.Add("work", () => new Idle(), "1");
        Liveness = new Liveness(State.Actions);
        Planner = new WavePlanner(State, Liveness, Handlers);
    }

    public SpaceState State { get; } = new();

    public HandlerCatalog Handlers { get; } = new();

    public Liveness Liveness { get; }

    public WavePlanner Planner { get; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Everything that was folded, in order.</summary>
    public List<SpaceEntry> Entries { get; } = [];

    public static ImmutableArray<Address> At(params string[] addresses) => [.. addresses.Select(Address.Parse)];

    public static SetOperation Set(string address, string json) => new(Address.Parse(address), JsonValue.Parse(json));

    public static RemoveOperation Remove(string address) => new(Address.Parse(address));

    public void Apply(SpaceEntry entry)
    {
        Entries.Add(entry);
        State.Apply(entry);
    }

    /// <summary>Commits under the next number of a session.</summary>
    public CommitReceipt Commit(params Operation[] operations) => CommitIn("test", operations);

    public CommitReceipt CommitIn(string session, params Operation[] operations)
    {
        _sessions[session] = _sessions.GetValueOrDefault(session) + 1;
        return Commit(new CommitRequest(session, _sessions[session], [], [.. operations]));
    }

    public CommitReceipt Commit(CommitRequest request)
    {
        CommitDecision decision = CommitDecision.Decide(State, request, Now);
        if (decision is CommitDecision.Repeated repeated)
        {
            return repeated.Receipt;
        }

        Apply(((CommitDecision.Accepted)decision).Entry);
        return State.Sessions.ReceiptOf(request.Session, request.LocalSequence);
    }

    public JsonValue? Value(string address) => State.Tree.Locate(Address.Parse(address), ReadDepth.Deep, out _);

    public ConfirmedRead Read(string address, ReadDepth depth = ReadDepth.Deep) => State.Tree.Read(Address.Parse(address), depth).Confirm();

    public RegisterDecision Register(params ActionDefinition[] definitions)
    {
        RegisterDecision decision = RegisterDecision.Decide(State, [.. definitions], Handlers);
        if (decision.Entry is not null)
        {
            Apply(decision.Entry);
        }

        return decision;
    }

    /// <summary>Registers a computation from one address to another, both given as text; several are separated by blanks.</summary>
    public ActionNode Compute(string name, string inputs, string outputs) => Register(name, ActionKind.Computation, inputs, outputs);

    /// <summary>Registers an effect; without outputs unless they are given.</summary>
    public ActionNode Effect(string name, string inputs, string outputs = "") => Register(name, ActionKind.Effect, inputs, outputs);

    public ActionNode Node(string name) => State.Actions.Find(name);

    /// <summary>The next wave, with everything that turned out to be clean noted as such.</summary>
    public WaveDecision Plan(string demand = "", params ActionNode[] running)
    {
        var request = new PlanRequest(Addresses(demand), 1_000, [.. running.Select(node => node.Id)]);
        WaveDecision decision = Planner.Decide(request, Now);
        while (!decision.Clean.IsEmpty)
        {
            Apply(new SpaceEntry.Verified(decision.Clean));
            decision = Planner.Decide(request, Now);
        }

        return decision;
    }

    /// <summary>What a run would bring that starts now.</summary>
    public RunResult Begin(ActionNode node, string reads, params Operation[] operations) => new(
        node.Id,
        node.Revision,
        node.LastRun + 1,
        State.CauseNumber,
        State.Tree.Sequence,
        Now,
        TimeSpan.FromMilliseconds(1),
        RunStatus.Completed,
        null,
        1,
        [.. Addresses(reads).Select(address => State.Tree.Read(address, ReadDepth.Deep).Confirm())],
        [.. operations]);

    /// <summary>Runs at once and keeps the result: reads are separated by blanks.</summary>
    public Landing Run(ActionNode node, string reads, params Operation[] operations) => Land(Begin(node, reads, operations));

    /// <summary>Runs at once and fails.</summary>
    public Landing Fail(ActionNode node, string reads = "", string code = "handler_error") =>
        Land(Begin(node, reads) with { Status = RunStatus.Failed, Error = new RunError(code, "It failed.") });

    public Landing Land(RunResult result)
    {
        LandDecision decision = LandDecision.Decide(State, result, Now);
        if (decision.Entry is not null)
        {
            Apply(decision.Entry);
        }

        return decision.Outcome;
    }

    public static ImmutableArray<Address> Addresses(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Address.Parse)];

    public static ActionDefinition Definition(string name, ActionKind kind, string inputs, string outputs, string handler = "work") =>
        new(name, handler, kind, Addresses(inputs), Addresses(outputs));

    private ActionNode Register(string name, ActionKind kind, string inputs, string outputs)
    {
        RegisterDecision decision = Register(Definition(name, kind, inputs, outputs));
        return State.Actions.TryGet(decision.Answer[0].Action, out ActionNode? node) ? node : throw new InvalidOperationException(name);
    }

    private sealed class Idle : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => Task.CompletedTask;
    }
}
