using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Simulation.Clients;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>
/// What clients do with a space: sources <c>in/*</c>, sums over them and over earlier sums, effects that look at sums, and effects
/// that read what they themselves write. Some sums write to <c>side/*</c> as well, which nobody declared.
/// </summary>
internal sealed class SpaceSteps(Random random, string key)
{
    public const int Sums = 6;

    private const int Sources = 4;
    private const int Looks = 2;
    private const int Growers = 2;

    public static string KeyOf(int number) => number == 0 ? "owner/space" : $"owner/space{number}";

    /// <summary>Changes every source, whatever it was.</summary>
    public static CommitRequest Last { get; } = new(
        "last", 1, [], [.. Enumerable.Range(0, Sources).Select(source => new SetOperation(Address.Parse($"in/{source}"), 7 + source))]);

    public Step Next(TimeSpan at, int number)
    {
        switch (random.Next(20))
        {
            case < 7:
                ImmutableArray<Operation> operations = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Change())];
                var commit = new CommitRequest($"client {number % 3}", number + 1, [], operations);
                return On(at, $"commit {string.Join(", ", operations.Select(one => one is SetOperation set ? $"{set.Address}={set.Value}" : $"{one}"))}", (requests, client) => requests.CommitAsync(client, commit));
            case < 10 when random.Next(3) == 0:
                int way = random.Next(1_000);
                return On(at, $"edit the list, way {way}", (requests, client) => requests.EditAsync(client, $"editor {number}", way));
            case < 10:
                return On(at, "add one", (requests, client) => requests.AddAsync(client, $"adder {number}"));
            case < 14:
                ImmutableArray<ActionDefinition> actions = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any()).DistinctBy(action => action.Name)];
                return On(at, $"register {string.Join(", ", actions.Select(action => $"{action.Name} {action.Payload}"))}", (requests, client) => requests.RegisterAsync(client, actions));
            case 14:
                int place = random.Next(Sums);
                return On(at, $"unregister action {place}", (requests, client) => OnOneAsync(requests, place, action => requests.UnregisterAsync(client, ActionId.Parse(action))));
            case < 18:
                return Mark(at);
            case 18 when random.Next(4) == 0:
                TimeSpan length = TimeSpan.FromSeconds(random.Next(1, 60));
                return On(at, $"turn in a circle for {length.TotalSeconds} s", (requests, client) => requests.SpinAsync(client, [Spin(0), Spin(1), SpinWatch()], length));
            case 18:
                var output = Address.Parse(random.Next(8) switch { 0 => "ring/0", 1 => "size/0", _ => $"out/{random.Next(Sums)}" });
                return On(at, $"pull {output}", (requests, client) => requests.PullAsync(client, output));
            default:
                return On(at, "look at the space", (requests, client) => requests.ObserveAsync(client));
        }
    }

    /// <summary>Somebody asks for runs of an action.</summary>
    public Step Mark(TimeSpan at)
    {
        int place = random.Next(Sums);
        return On(at, $"mark action {place} four times", (requests, client) => OnOneAsync(requests, place, action => requests.MarkAsync(client, action), place > 1));
    }

    private Operation Change() => random.Next(20) switch
    {
        0 => new RemoveOperation(Address.Parse("in")),
        < 4 => new RemoveOperation(Address.Parse($"in/{random.Next(Sources)}")),
        _ => new SetOperation(Address.Parse($"in/{random.Next(Sources)}"), random.NextInt64(3)),
    };

    private ActionDefinition Any() => random.Next(12) switch
    {
        < 5 => Sum(random.Next(Sums)),
        5 => Count(),
        < 8 => Ring(random.Next(2)),
        < 10 => Look(random.Next(Looks)),
        _ => Grower(random.Next(Growers)),
    };

    private static Task OnOneAsync(SpaceRequests requests, int place, Func<string, Task> work, bool isLive = false) =>
        (isLive ? requests.Live : requests.Registered).ToArray() is { Length: > 0 } actions ? work(actions[place % actions.Length]) : Task.CompletedTask;

    private Step On(TimeSpan at, string what, Func<SpaceRequests, Client, Task> request) => new(
        at, $"{key}: {what}", world => world.Client.Begin($"{key}: {what}", client => request(new SpaceRequests(world, key), client)));

    private static ImmutableArray<Address> Addresses(IEnumerable<string> addresses) => [.. addresses.Select(Address.Parse)];

    private ActionDefinition Sum(int number)
    {
        string[] inputs =
        [
            .. Enumerable.Range(0, Sources).Select(source => $"in/{source}"),
            .. Enumerable.Range(0, number).Select(before => $"{(before % 3 == 2 ? "side" : "out")}/{before}"),
            .. number < 3 ? (string[])[] : ["ring/0", "ring/1", "size/0"],
        ];
        return new ActionDefinition($"sum {number}", "sum", ActionKind.Computation, Addresses(inputs), Addresses([$"out/{number}"]), Payload(inputs, $"out/{number}"));
    }

    // The second one needs less than the first.
    private ActionDefinition Look(int number)
    {
        string[] inputs = [.. Enumerable.Range(0, number == 0 ? Sums : 2).Select(sum => $"out/{sum}"), .. number == 0 ? (string[])["ring/1"] : []];
        JsonObject payload = Payload(inputs, "");
        return new ActionDefinition(
            $"look {number}", "look", ActionKind.Effect, Addresses(inputs), [], random.Next(3) == 0 ? payload.With("shape", number == 0 ? "out" : "in") : payload, TimeSpan.FromSeconds(3));
    }

    // Two that read each other and come to rest.
    private ActionDefinition Ring(int number) => Circle("ring", number, [$"ring/{1 - number}", $"in/{number}"]);

    // Two that read each other and never come to rest.
    private ActionDefinition Spin(int number) => Circle("spin", number, [$"spin/{1 - number}"]);

    private ActionDefinition SpinWatch() => new(
        "watch", "look", ActionKind.Effect, Addresses(["spin/0"]), [], Given(["spin/0"], ""), TimeSpan.FromSeconds(3));

    private ActionDefinition Circle(string handler, int number, string[] inputs) => new(
        $"{handler} {number}", handler, ActionKind.Computation, Addresses(inputs), Addresses([$"{handler}/{number}"]), Given(inputs, $"{handler}/{number}"));

    // It reads how long a list is, and its first element.
    private ActionDefinition Count() => new(
        "count", "count", ActionKind.Computation, Addresses(["list"]), Addresses(["size/0"]), Given(["list[0]"], "size/0").With("shape", "list"));

    // It reads what it writes, which may never make it run again.
    private ActionDefinition Grower(int number) => new(
        $"grow {number}", "grow", ActionKind.Effect, Addresses([$"in/{number}"]), [], Payload([$"in/{number}"], $"own/{number}"), TimeSpan.FromSeconds(3));

    private JsonObject Payload(string[] inputs, string to)
    {
        string[] from = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => inputs[random.Next(inputs.Length)]).Distinct()];
        return Given(from, to).With("modulo", random.Next(2, 5)).With("side", random.Next(3) == 0).With("drops", random.Next(3) == 0);
    }

    private JsonObject Given(string[] from, string to) =>
        JsonObject.Of(("from", JsonArray.FromItems([.. from.Select(address => (JsonValue)address)])), ("to", to), ("space", key));
}
