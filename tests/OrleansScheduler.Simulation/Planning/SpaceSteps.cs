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
                ImmutableArray<Operation> operations =
                [
                    .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new SetOperation(Address.Parse($"in/{random.Next(Sources)}"), random.NextInt64(3))),
                ];
                var commit = new CommitRequest($"client {number % 3}", number + 1, [], operations);
                return On(at, $"commit {string.Join(", ", operations.OfType<SetOperation>().Select(set => $"{set.Address}={set.Value}"))}", (requests, client) => requests.CommitAsync(client, commit));
            case < 10:
                return On(at, "add one", (requests, client) => requests.AddAsync(client, $"adder {number}"));
            case < 12:
                ActionDefinition sum = Sum(random.Next(Sums));
                return On(at, $"register {sum.Name} {sum.Payload}", (requests, client) => requests.RegisterAsync(client, sum));
            case < 14:
                ActionDefinition look = random.Next(3) == 0 ? Grower(random.Next(Growers)) : Look(random.Next(Looks));
                return On(at, $"register {look.Name} {look.Payload}", (requests, client) => requests.RegisterAsync(client, look));
            case 14:
                int place = random.Next(Sums);
                return On(at, $"unregister action {place}", (requests, client) => UnregisterAsync(requests, client, place));
            case < 18:
                string name = random.Next(3) switch { 0 => $"sum {random.Next(Sums)}", 1 => $"grow {random.Next(Growers)}", _ => $"look {random.Next(Looks)}" };
                return On(at, $"mark {name} four times", (requests, client) => requests.MarkAsync(client, name));
            case 18:
                Address output = Address.Parse($"out/{random.Next(Sums)}");
                return On(at, $"pull {output}", (requests, client) => requests.PullAsync(client, output));
            default:
                return On(at, "look at the space", (requests, client) => requests.ObserveAsync(client));
        }
    }

    private static Task UnregisterAsync(SpaceRequests requests, Client client, int place) =>
        requests.Registered.Skip(place).FirstOrDefault() is { } action ? requests.UnregisterAsync(client, ActionId.Parse(action)) : Task.CompletedTask;

    private Step On(TimeSpan at, string what, Func<SpaceRequests, Client, Task> request) => new(
        at, $"{key}: {what}", world => world.Client.Begin($"{key}: {what}", client => request(new SpaceRequests(world, key), client)));

    private static ImmutableArray<Address> Addresses(IEnumerable<string> addresses) => [.. addresses.Select(Address.Parse)];

    private ActionDefinition Sum(int number)
    {
        string[] inputs =
        [
            .. Enumerable.Range(0, Sources).Select(source => $"in/{source}"),
            .. Enumerable.Range(0, number).Select(before => $"{(before % 3 == 2 ? "side" : "out")}/{before}"),
        ];
        return new ActionDefinition($"sum {number}", "sum", ActionKind.Computation, Addresses(inputs), Addresses([$"out/{number}"]), Payload(inputs, $"out/{number}"));
    }

    private ActionDefinition Look(int number)
    {
        string[] inputs = [.. Enumerable.Range(0, Sums).Select(sum => $"out/{sum}")];
        return new ActionDefinition($"look {number}", "look", ActionKind.Effect, Addresses(inputs), [], Payload(inputs, ""), TimeSpan.FromSeconds(3));
    }

    // It reads what it writes, which may never make it run again.
    private ActionDefinition Grower(int number) => new(
        $"grow {number}", "grow", ActionKind.Effect, Addresses([$"in/{number}"]), [], Payload([$"in/{number}"], $"own/{number}"), TimeSpan.FromSeconds(3));

    private JsonObject Payload(string[] inputs, string to)
    {
        string[] from = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => inputs[random.Next(inputs.Length)]).Distinct()];
        return JsonObject.Of(
            ("from", JsonArray.FromItems([.. from.Select(address => (JsonValue)address)])), ("modulo", random.Next(2, 5)), ("to", to), ("side", random.Next(3) == 0), ("space", key));
    }
}
