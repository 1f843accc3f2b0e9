using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>A running scheduler, seen through its actors, with a clock that the test moves.</summary>
/// <remarks>
/// Its own rhythm (looking after clocks and idle actors) never falls on a whole tenth of a second after <see cref="Now"/> at
/// the start, so a test that waits for a timer at such an instant waits for the right one.
/// </remarks>
public abstract class ProductUnderTest : IAsyncDisposable
{
    /// <summary>The longest wait that an actor grants. On a clock that stands still it never ends.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    private int _commits;

    /// <summary>What handlers and log messages leave behind; the latter as <c>log:Name</c> and <c>log:Name:argument</c>.</summary>
    public ProbeBoard Board { get; } = new();

    /// <summary>The code of the process; it outlives crashes.</summary>
    public abstract HandlerCatalog Handlers { get; }

    /// <summary>The way to the actors.</summary>
    public abstract IActorDirectory Directory { get; }

    /// <summary>What its clock shows.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The space that tests use unless they need several.</summary>
    public ISpace Space => Directory.Get<ISpace>("owner/space");

    public ISettler Settler => Directory.Get<ISettler>("owner/space");

    /// <summary>Moves the clock on; what comes due has been queued when the task completes.</summary>
    public abstract Task AdvanceAsync(TimeSpan span);

    /// <summary>Completes when the product waits for exactly that instant.</summary>
    public abstract Task ArmedForAsync(DateTimeOffset due);

    /// <summary>Moves the clock over pauses of up to 50 ms, such as those after a conflict, until the task is done.</summary>
    public abstract Task PassPausesAsync(Task task);

    /// <summary>Storing the next entries of an actor fails: its caller hears of a failure, and the actor is loaded again. A restart forgets it.</summary>
    /// <param name="kind">The kind of the actor.</param>
    /// <param name="key">Its key.</param>
    /// <param name="lands">Whether they are stored nevertheless.</param>
    public abstract void FailNextAppend(string kind, string key, bool lands = false);

    /// <summary>Ends it without a flush and starts it again on what storage had acknowledged.</summary>
    /// <param name="down">How long it is down.</param>
    public abstract Task CrashAsync(TimeSpan down);

    /// <summary>Ends it in good order and starts it again on the same storage.</summary>
    public abstract Task RestartAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    public ISchedule Schedule(string name) => Directory.Get<ISchedule>($"owner/{name}");

    /// <summary>Registers code under a name; again, to end its refusal or to change it.</summary>
    public void Handle(string name, Func<IRunContext, Task> code, string version = "1") =>
        Handlers.Add(name, () => new CodeHandler(code), version);

    /// <summary>Registers actions and expects to be allowed to.</summary>
    public Task<ImmutableArray<RegisteredAction>> RegisterAsync(params ActionDefinition[] definitions) =>
        Space.RegisterAsync([.. definitions], CancellationToken.None);

    /// <summary>Sets JSON values at addresses, as one commit of a session of its own.</summary>
    public Task<CommitReceipt> CommitAsync(params (string Address, string Json)[] values)
    {
        ImmutableArray<Operation> operations = [.. values.Select(value => new SetOperation(Address.Parse(value.Address), JsonValue.Parse(value.Json)))];
        return Space.CommitAsync(new CommitRequest("test", Interlocked.Increment(ref _commits), [], operations), CancellationToken.None);
    }

    /// <summary>Commits, and waits until nothing is left to run.</summary>
    public async Task<CommitReceipt> CommitAndSettleAsync(params (string Address, string Json)[] values)
    {
        var receipt = await CommitAsync(values);
        await SettleAsync();
        return receipt;
    }

    /// <summary>Waits until nothing is left to run.</summary>
    public async Task SettleAsync()
    {
        var idle = Settler.WaitIdleAsync(WaitMax, CancellationToken.None);
        await PassPausesAsync(idle);
        Assert.True(await idle);
    }

    /// <summary>The JSON text at an address; null when nothing is there.</summary>
    public async Task<string?> ValueAsync(string address)
    {
        var read = await Space.ReadAsync([new ReadTarget(Address.Parse(address), ReadDepth.Deep)], null, CancellationToken.None);
        return read.Reads[0].Value?.ToString();
    }

    public Task<PullAnswer> PullAsync(string address) =>
        Settler.PullAsync(new ReadTarget(Address.Parse(address), ReadDepth.Deep), WaitMax, CancellationToken.None);

    public Task<ActionDetail> ActionAsync(string name) => Space.GetActionAsync(name, CancellationToken.None);

    /// <summary>How often an action ran, by the number of its observation.</summary>
    public async Task<long> RunsAsync(string name) => (await ActionAsync(name)).Summary.Runs;

    /// <summary>How often each action ran, in order of the names.</summary>
    public async Task<string> AllRunsAsync()
    {
        var page = await Space.ListActionsAsync(null, 1_000, CancellationToken.None);
        return string.Join(' ', page.Actions.Select(action => FormattableString.Invariant($"{action.Name}:{action.Runs}")));
    }

    /// <summary>Registers code that adds up its inputs. It makes a mark with the name of the action's output.</summary>
    /// <remarks>Its time limit is odd, so that a test that waits for a timer does not take this one for it.</remarks>
    public ActionDefinition Sum(string name, string output, params string[] inputs)
    {
        Handle("sum", SumAsync);
        JsonObject payload = JsonObject.Of(("to", output), ("from", JsonArray.FromItems([.. inputs.Select(input => (JsonValue)input)])));
        return new ActionDefinition(name, "sum", ActionKind.Computation, Addresses(inputs), Addresses(output), payload, TimeSpan.FromSeconds(19.7));
    }

    /// <summary>Registers code as the handler of an effect of the same name.</summary>
    public ActionDefinition Effect(string name, Func<IRunContext, Task> code, params string[] inputs)
    {
        Handle(name, code);
        return new ActionDefinition(name, name, ActionKind.Effect, Addresses(inputs), []);
    }

    /// <summary>An effect that reads its inputs, and marks what it saw as <c>name:value,value</c>.</summary>
    public ActionDefinition Report(string name, params string[] inputs) => Effect(
        name,
        async context =>
        {
            List<string> seen = [];
            foreach (string input in inputs)
            {
                seen.Add((await context.ReadAsync(Address.Parse(input)))?.ToString() ?? "absent");
            }

            Board.Mark($"{name}:{string.Join(',', seen)}");
        },
        inputs);

    public static ImmutableArray<Address> Addresses(params string[] addresses) => [.. addresses.Select(Address.Parse)];

    private async Task SumAsync(IRunContext context)
    {
        var payload = (JsonObject)context.Payload!;
        long sum = 0;
        foreach (JsonValue input in ((JsonArray)payload["from"]!).Items)
        {
            sum += await context.ReadAsync(Address.Parse(input.AsText())) is JsonNumber number ? number.AsInt64() : 0;
        }

        Board.Mark(payload["to"]!.AsText());
        context.Write(Address.Parse(payload["to"]!.AsText()), sum);
    }

    private sealed class CodeHandler(Func<IRunContext, Task> code) : IActionHandler
    {
        public Task HandleAsync(IRunContext context) => code(context);
    }
}
